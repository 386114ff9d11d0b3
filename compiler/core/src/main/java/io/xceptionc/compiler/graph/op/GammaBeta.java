package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a normalisation does to each channel in the end, {@code x[c] * gamma[c] + beta[c]}.
 *
 * @param gamma {@code [c]}; ones if absent
 * @param beta {@code [c]}; zeros if absent
 */
public record GammaBeta(Optional<Tensor> gamma, Optional<Tensor> beta) {

    /** Nothing. */
    public static final GammaBeta NONE = new GammaBeta(Optional.empty(), Optional.empty());

    /** The weights that are there. */
    List<Tensor> tensors() {
        return Stream.of(gamma, beta).flatMap(Optional::stream).toList();
    }

    /** As many others. */
    GammaBeta withTensors(List<Tensor> tensors) {
        Iterator<Tensor> next = tensors.iterator();
        return new GammaBeta(gamma.map(_ -> next.next()), beta.map(_ -> next.next()));
    }

    /** Each must have a number for every channel. */
    void requireFit(TensorType input) {
        tensors().forEach(tensor -> ShapeRules.requireChannels(input, tensor.dimension(0)));
    }

    /** Which of both there are, for people. */
    String details() {
        return Details.listed(Details.when(gamma.isPresent(), "scale"), Details.when(beta.isPresent(), "center"));
    }
}
