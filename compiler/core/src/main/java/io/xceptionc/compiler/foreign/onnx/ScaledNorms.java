package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.ChannelScales;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.List;
import java.util.Optional;

/** Operators that take in the factors and summands that follow them: {@code norm(x) * gamma + beta -> norm'(x)}. */
final class ScaledNorms {

    private ScaledNorms() {}

    /** The operator that does both; empty if there is none. */
    static Optional<Op> of(Op op, Optional<Tensor> scale, Optional<Tensor> shift) {
        return switch (op) {
            case LayerNorm(boolean isCentred, GammaBeta weights, double epsilon) ->
                    then(weights, scale, shift).map(next -> new LayerNorm(isCentred, next, epsilon));
            case GroupNorm norm ->
                    then(norm.weights(), scale, shift).map(next -> new GroupNorm(norm.groups(), next, norm.epsilon()));
            case ChannelScale(GammaBeta weights) -> then(weights, scale, shift).map(ChannelScale::new);
            case Scale before when scale.isEmpty() && before.offsets().equals(List.of(0f)) ->
                    shifted(before, shift.orElseThrow());
            default -> Optional.empty();
        };
    }

    private static Optional<GammaBeta> then(GammaBeta weights, Optional<Tensor> scale, Optional<Tensor> shift) {
        boolean isFree = weights.beta().isEmpty() && (scale.isEmpty() || weights.gamma().isEmpty());
        return isFree ? Optional.of(new GammaBeta(scale.or(weights::gamma), shift)) : Optional.empty();
    }

    private static Optional<Op> shifted(Scale before, Tensor shift) {
        return ChannelScales.of(Optional.empty(), Optional.of(shift)) instanceof Scale next
                ? Optional.of(new Scale(before.factors(), next.offsets()))
                : Optional.empty();
    }
}
