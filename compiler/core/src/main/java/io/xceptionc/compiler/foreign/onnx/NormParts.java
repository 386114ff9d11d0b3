package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.ReduceChannels;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.graph.op.Subtract;
import java.util.Optional;

/**
 * What a root is taken of, {@code max(factor * mean of x * x over channels + summand, least)}.
 *
 * @param base the value that is squared
 * @param factor of the mean square
 * @param summand what is added to it
 * @param least what the sum is at least taken for
 */
record NormParts(Node base, double factor, double summand, double least) {

    private static final int DEEPEST = 4;

    /** The parts of a value; empty if it is computed otherwise. */
    static Optional<NormParts> of(Node value) {
        double factor = 1;
        double summand = 0;
        double least = 0;
        Node at = value;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (at.op() instanceof Scale scale && scale.factors().size() == 1 && scale.offsets().size() == 1) {
                summand += factor * scale.offsets().getFirst();
                factor *= scale.factors().getFirst();
            } else if (at.op() instanceof Activate(Activation clip) && isLowerBound(clip) && factor == 1
                    && summand == 0 && least == 0) {
                least = clip.floor();
            } else {
                break;
            }
            at = at.input();
        }
        double[] numbers = {factor, summand, least};
        return meanSquare(at).map(base -> new NormParts(base, numbers[0], numbers[1], numbers[2]));
    }

    /** How many channels the mean is of; empty if it is computed otherwise. */
    static Optional<Integer> channelsOf(Node value) {
        return of(value).map(parts -> parts.base.type().channels());
    }

    private static boolean isLowerBound(Activation clip) {
        return clip.isClamp() && !clip.hasCeiling() && clip.floor() >= 0;
    }

    private static Optional<Node> meanSquare(Node value) {
        Node square = isMean(value) ? value.input() : value;
        boolean isWhole = isMean(value) || value.type().channels() == 1;
        return isWhole && square.op() instanceof Multiply && square.inputs().size() == 2
                && isSame(square.inputs().getFirst(), square.inputs().getLast(), DEEPEST)
                        ? Optional.of(square.inputs().getFirst())
                        : Optional.empty();
    }

    private static boolean isMean(Node value) {
        return value.op() instanceof ReduceChannels(var kind) && kind == ReduceChannels.Kind.MEAN;
    }

    /** The {@code x} of {@code x - mean(x)}, whose variance it is then. */
    Optional<Node> centred() {
        if (!(base.op() instanceof Subtract) || base.inputs().size() != 2) {
            return Optional.empty();
        }
        Node x = base.inputs().getFirst();
        return isMeanOf(base.inputs().getLast(), x) ? Optional.of(x) : Optional.empty();
    }

    /** Whether a value is the mean of the channels of another, which of a single one is that. */
    static boolean isMeanOf(Node mean, Node x) {
        return (mean == x && x.type().channels() == 1) || (isMean(mean) && isSame(mean.input(), x, DEEPEST));
    }

    /** Whether nodes compute the same of the same. */
    static boolean isSame(Node one, Node other, int depth) {
        if (one == other) {
            return true;
        }
        boolean isAlike = depth > 0 && one.op().equals(other.op()) && !one.inputs().isEmpty()
                && one.inputs().size() == other.inputs().size();
        for (int i = 0; isAlike && i < one.inputs().size(); i++) {
            isAlike = isSame(one.inputs().get(i), other.inputs().get(i), depth - 1);
        }
        return isAlike;
    }
}
