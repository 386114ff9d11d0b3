package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Reduction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a name of the model stands for. */
sealed interface OnnxResult {

    /**
     * What the network computes.
     *
     * @param node of the graph
     * @param layout its axes in the model
     */
    record Activations(Node node, Layout layout) implements OnnxResult {

        /** Its shape, without the batch. */
        TensorType type() {
            return node.type();
        }
    }

    /**
     * The maximum or mean of a whole image, in the model an image of one pixel: a vector, if it is used as one.
     *
     * @param name of the node that yields it
     * @param input the image
     * @param layout its axes, and the image's
     * @param reduction which of the two
     */
    record Pooled(String name, Node input, Layout layout, Reduction reduction) implements OnnxResult {}

    /**
     * An image with a border of which a maximum takes nothing.
     *
     * @param image without the border
     * @param border its sides
     */
    record PaddedForMaximum(Activations image, Padding border) implements OnnxResult {}

    /**
     * An image whose axes are cut into several, as {@code [n, groups, c / groups, h, w]}, perhaps in another order.
     *
     * @param image the image
     * @param factors its axes in the model
     */
    record Factored(Activations image, List<Factor> factors) implements OnnxResult {

        public Factored {
            factors = List.copyOf(factors);
        }

        /**
         * Part of an axis.
         *
         * @param axis of the image
         * @param place among the parts of the axis, from the outermost
         * @param size how many places it has
         */
        record Factor(char axis, int place, int size) {}
    }

    /**
     * All that a node yields, which goes under the names of its results one by one.
     *
     * @param results in the node's order
     */
    record Several(List<OnnxResult> results) implements OnnxResult {

        public Several {
            results = List.copyOf(results);
        }
    }

    /**
     * A value that is repeated along axes where it has one place, for what reads it to combine with another.
     *
     * @param value what is repeated
     * @param sizes the sizes of the axes that come of it
     */
    record Repeated(Activations value, List<Integer> sizes) implements OnnxResult {

        public Repeated {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * Values of one shape beside one another along an axis where each has one place.
     *
     * @param parts the values, with that axis
     * @param axis which one
     */
    record Stacked(List<Activations> parts, int axis) implements OnnxResult {

        public Stacked {
            parts = List.copyOf(parts);
        }

        /** The number of axes. */
        int rank() {
            return parts.getFirst().layout().rank();
        }
    }

    /** What stands for no value that a network has, but can be moved and given other axes as one. */
    sealed interface Unfinished extends OnnxResult {

        /** The value that it is computed of, with its axes. */
        Activations inner();

        /** The same of a value with other axes. */
        Unfinished with(Activations next);
    }

    /**
     * The root of a value, or one over it, for a norm to divide by.
     *
     * @param inner what the root is taken of
     * @param isInverse whether it is one over the root
     * @param least what the root is at least taken for
     * @param factors what one over the root is multiplied by, if by anything
     */
    record Root(Activations inner, boolean isInverse, double least, Optional<Floats> factors) implements Unfinished {

        @Override
        public Root with(Activations next) {
            return new Root(next, isInverse, least, factors);
        }
    }

    /**
     * A value divided by the root of another, which are a norm only with more.
     *
     * @param inner the value
     * @param divisor the root
     * @param sign 1, or -1 if it is to be subtracted
     * @param summands what is added, if anything
     */
    record Quotient(Activations inner, Root divisor, int sign, Optional<Floats> summands) implements Unfinished {

        @Override
        public Quotient with(Activations next) {
            return new Quotient(next, divisor, sign, summands);
        }
    }

    /**
     * The mean of some neighbouring channels, times a factor and more by a bias, or a power of that, for local response
     * normalisation.
     *
     * @param inner the channels
     * @param size how many each mean is of
     * @param alpha the factor
     * @param bias the summand
     * @param exponent of the power; empty where it is none
     */
    record Neighbours(Activations inner, int size, double alpha, double bias, OptionalDouble exponent)
            implements
            Unfinished {

        @Override
        public Neighbours with(Activations next) {
            return new Neighbours(next, size, alpha, bias, exponent);
        }
    }

    /**
     * A value with more channels, all zero, for a window to slide along them.
     *
     * @param inner without them
     * @param before how many are first
     * @param after how many are last
     */
    record PaddedChannels(Activations inner, int before, int after) implements Unfinished {

        @Override
        public PaddedChannels with(Activations next) {
            return new PaddedChannels(next, before, after);
        }
    }

    /**
     * A value whose channels and pixels are two axes, {@code [n, groups, c / groups * h * w]}, for a norm of each
     * group.
     *
     * @param inner the value
     * @param groups how many groups of channels
     */
    record SpreadGroups(Activations inner, int groups) implements OnnxResult {}

    /**
     * Constant numbers.
     *
     * @param name the tensor's; the same for the same numbers
     * @param shape the sizes of the axes
     * @param source reads them, row-major
     * @param depth through how many others it reads them
     */
    record Floats(String name, List<Integer> shape, Source source, int depth) implements OnnxResult {

        /** Numbers that are read as they are. */
        Floats(String name, List<Integer> shape, Source source) {
            this(name, shape, source, 0);
        }

        /** Reads numbers. */
        @FunctionalInterface
        interface Source {
            /** Reads all of them. */
            float[] read() throws InvalidInputException;
        }

        /** How many there are. */
        long count() {
            return shape.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        }
    }

    /**
     * Constant whole numbers, such as shapes.
     *
     * @param shape the sizes of the axes
     * @param values row-major
     */
    record Integers(List<Integer> shape, List<Long> values) implements OnnxResult {

        public Integers {
            shape = List.copyOf(shape);
            values = List.copyOf(values);
        }

        /** Those of a list. */
        static Integers ofList(List<Long> values) {
            return new Integers(List.of(values.size()), values);
        }
    }

    /** What comes of a node that cannot be imported. */
    record Unknown() implements OnnxResult {}

    /** An input that is left out. */
    record Absent() implements OnnxResult {}
}
