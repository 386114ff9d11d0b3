package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Quotient;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Root;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Scale;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Optional;

/**
 * Norms of channels that models spell out: {@code (x - mean) / sqrt(mean((x - mean)^2) + epsilon)}, the same without
 * means, {@code x / max(sqrt(sum(x^2)), epsilon)}, and TensorFlow's {@code x * s + (beta - mean * s)} with {@code s =
 * gamma / sqrt(variance + epsilon)}.
 */
final class Roots {

    /** What a length is at least taken for where the model has no bound: nothing that a float can be is shorter. */
    private static final double SHORTEST = 1e-18;

    private static final double LEAST_EPSILON = 1e-12;

    private Roots() {}

    static OnnxResult root(OnnxStep step) throws CannotImportException {
        return new Root(step.activations(0), false, 0, Optional.empty());
    }

    static OnnxResult reciprocal(OnnxStep step) throws CannotImportException {
        if (step.input(0) instanceof Root(Activations inner, boolean isInverse, double least, var factors)
                && !isInverse) {
            return new Root(inner, true, least, factors);
        }
        step.activations(0);
        throw new CannotImportException("it divides by what the network computes", "only norms of channels do so");
    }

    /** A square, a root, or one over it. */
    static OnnxResult power(OnnxStep step) throws CannotImportException, InvalidInputException {
        double exponent = step.scalar(1, "exponents").orElse(1f);
        Activations input = step.activations(0);
        if (exponent == 2) {
            return step.add(new Multiply(), input.layout(), input.node(), input.node());
        }
        if (Math.abs(exponent) == 0.5) {
            return new Root(input, exponent < 0, 0, Optional.empty());
        }
        if (exponent == 1) {
            return input;
        }
        throw new CannotImportException("it raises to the power of " + exponent,
                "only squares are known, and roots that a norm divides by");
    }

    /** The length of the channels of each pixel. */
    static OnnxResult length(OnnxStep step) throws CannotImportException {
        return new Root(sumOfSquares(step), false, 0, Optional.empty());
    }

    /** The squares of the channels of each pixel, added up. */
    static Activations sumOfSquares(OnnxStep step) throws CannotImportException {
        Activations x = step.activations(0);
        Node square = step.add(new Multiply(), x.layout(), x.node(), x.node()).node();
        OnnxStep ofSquare = step.reading(new Activations(square, x.layout()));
        Activations mean = ofSquare.reading(PoolOperators.meanOfChannels(ofSquare)).activations(0);
        return step.add(Scale.of(x.type().channels(), 0), mean);
    }

    /** Bounds that keep a division from infinity. */
    static OnnxResult bounded(Root root, float floor, float ceiling) throws CannotImportException {
        boolean isLeast = root.isInverse() ? floor <= 0 && ceiling > 0 : Float.isInfinite(ceiling) && floor > 0;
        if (!isLeast || root.factors().isPresent()) {
            throw new CannotImportException("it clips a root to [" + floor + ", " + ceiling + "]", "");
        }
        double least = root.isInverse() ? 1.0 / ceiling : floor;
        return new Root(root.inner(), root.isInverse(), Math.max(least, root.least()), root.factors());
    }

    /** A root times constants, or a value times one over a root. */
    static OnnxResult multiplied(OnnxStep step) throws CannotImportException, InvalidInputException {
        int index = step.input(0) instanceof Root ? 0 : 1;
        if (!(step.input(index) instanceof Root root) || !root.isInverse()) {
            throw new CannotImportException("it multiplies what is only a part of a norm", "");
        }
        if (step.input(1 - index) instanceof Floats factors && root.factors().isEmpty()) {
            return new Root(root.inner(), true, root.least(), Optional.of(factors));
        }
        return divided(step, step.activations(1 - index), root);
    }

    /** A value over a root. */
    static OnnxResult divided(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (!(step.input(1) instanceof Root root) || root.isInverse()) {
            throw new CannotImportException("it divides a part of a norm", "");
        }
        if (step.input(0) instanceof Floats ones && ones.count() == 1 && ones.source().read()[0] == 1) {
            return new Root(root.inner(), true, root.least(), root.factors());
        }
        return divided(step, step.activations(0), root);
    }

    private static OnnxResult divided(OnnxStep step, Activations x, Root root)
            throws CannotImportException, InvalidInputException {
        NormParts parts = NormParts.of(root.inner().node()).orElseThrow(() -> new CannotImportException(
                "it divides by a root that is not of the squares of channels", "only norms of channels are known"));
        requireFit(step, x, root.inner());
        if (!NormParts.isSame(x.node(), parts.base(), 2)) {
            return new Quotient(x, root, 1, Optional.empty());
        }
        GammaBeta weights = weights(step, x, root.factors(), Optional.empty());
        Optional<Node> centred = parts.centred();
        if (centred.isPresent()) {
            return step.add(layerNorm(true, parts, root, weights), x.layout(), centred.get());
        }
        return step.add(isLength(parts, x) ? length(parts, root) : layerNorm(false, parts, root, weights), x);
    }

    /** Where one has several places along an axis, both must have the same axis. */
    private static void requireFit(OnnxStep step, Activations x, Activations root) throws CannotImportException {
        List<Integer> sizes = step.sizes(root);
        boolean fits = sizes.size() == x.layout().rank();
        for (int axis = 0; fits && axis < sizes.size(); axis++) {
            fits = sizes.get(axis) == 1 || root.layout().axes().charAt(axis) == x.layout().axes().charAt(axis);
        }
        if (!fits) {
            throw new CannotImportException("it divides " + step.sizes(x) + " by " + sizes, "");
        }
    }

    private static boolean isLength(NormParts parts, Activations x) {
        return parts.factor() == x.type().channels() && parts.summand() == 0;
    }

    private static Op length(NormParts parts, Root root) throws CannotImportException {
        if (root.factors().isPresent()) {
            throw new CannotImportException("it multiplies a length by constants", "");
        }
        return new L2Norm(Math.max(SHORTEST, shortest(Math.max(Math.sqrt(parts.least()), root.least()))));
    }

    private static LayerNorm layerNorm(boolean isCentred, NormParts parts, Root root, GammaBeta weights)
            throws CannotImportException {
        double epsilon = shortest(parts.summand());
        if (parts.factor() != 1 || parts.least() != 0 || root.least() != 0
                || !(epsilon >= LEAST_EPSILON && epsilon <= 1)) {
            throw new CannotImportException("it divides by the root of " + parts.factor() + " * mean square + "
                    + parts.summand() + ", at least " + Math.max(parts.least(), root.least()),
                    "known are the mean square and an epsilon of " + LEAST_EPSILON
                            + " to 1, and the sum of squares with a least value");
        }
        return new LayerNorm(isCentred, weights, epsilon);
    }

    /** A quotient and constants. */
    static OnnxResult shifted(Quotient quotient, Floats summands, int sign) throws CannotImportException {
        if (quotient.summands().isPresent()) {
            throw new CannotImportException("it adds constants twice to a part of a norm", "");
        }
        return new Quotient(quotient.inner(), quotient.divisor(), sign, Optional.of(summands));
    }

    /** A value and its mean, both over the same root. */
    static OnnxResult added(OnnxStep step, int sign) throws CannotImportException, InvalidInputException {
        if (!(step.input(0) instanceof Quotient one) || !(step.input(1) instanceof Quotient other)) {
            throw new CannotImportException("it adds to what is only a part of a norm", "");
        }
        Quotient signed = new Quotient(other.inner(), other.divisor(), sign * other.sign(), other.summands());
        return norm(one, signed).or(() -> norm(signed, one)).orElseThrow(() -> new CannotImportException(
                "it adds parts of a norm that do not make one", "")).add(step);
    }

    /** What becomes of a value and its mean. */
    private record Centred(Activations x, NormParts parts, Root root, Optional<Floats> summands) {

        OnnxResult add(OnnxStep step) throws CannotImportException, InvalidInputException {
            GammaBeta weights = weights(step, x, root.factors(), summands);
            return step.add(layerNorm(true, parts, root, weights), x.layout(), parts.centred().orElseThrow());
        }
    }

    private static Optional<Centred> norm(Quotient value, Quotient mean) {
        Node x = value.inner().node();
        boolean hasOneRoot = NormParts.isSame(value.divisor().inner().node(), mean.divisor().inner().node(), 2)
                && value.divisor().least() == mean.divisor().least()
                && value.divisor().factors().map(Floats::name).equals(mean.divisor().factors().map(Floats::name));
        boolean isWithoutMean = value.sign() == 1 && value.summands().isEmpty() && signOfMean(mean, x) == -1;
        return NormParts.of(value.divisor().inner().node())
                .filter(parts -> hasOneRoot && isWithoutMean
                        && parts.centred().filter(centred -> NormParts.isSame(centred, x, 2)).isPresent())
                .map(parts -> new Centred(value.inner(), parts, value.divisor(), mean.summands()));
    }

    /** By what the mean of a value is multiplied; 0 if it is not that. */
    private static int signOfMean(Quotient mean, Node x) {
        Node node = mean.inner().node();
        if (node.op() instanceof Scale scale && scale.equals(Scale.of(-1, 0))) {
            return NormParts.isMeanOf(node.input(), x) ? -mean.sign() : 0;
        }
        return NormParts.isMeanOf(node, x) ? mean.sign() : 0;
    }

    private static GammaBeta weights(OnnxStep step, Activations x, Optional<Floats> gamma, Optional<Floats> beta)
            throws CannotImportException, InvalidInputException {
        return new GammaBeta(
                gamma.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ArithmeticOperators.channels(step, gamma.get(), x, TensorRole.GAMMA)),
                beta.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ArithmeticOperators.channels(step, beta.get(), x, TensorRole.BETA)));
    }

    /** The number that was meant, of those that are the same as float. */
    static double shortest(double number) {
        return Double.parseDouble(Float.toString((float) number));
    }
}
