package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.op.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The language's operators. */
public final class Operators {

    /** All of them, in the order of the reference. */
    public static final List<Operator> ALL = Stream.of(
            List.of(
                    Convolutions.CONV2D,
                    Convolutions.DEPTHWISE_CONV2D,
                    Convolutions.SEPARABLE_CONV2D,
                    TransposedConvolutions.CONV2D_TRANSPOSE,
                    Norms.BATCH_NORM),
            Norms.OF_VALUES,
            Scales.ALL,
            Activations.ALL,
            List.of(Activations.PRELU),
            Pools.OF_CHANNELS,
            List.of(
                    Pools.MAX_POOL2D,
                    Pools.AVG_POOL2D,
                    Pools.GLOBAL_AVG_POOL2D,
                    Pools.GLOBAL_MAX_POOL2D,
                    Pools.ADAPTIVE_AVG_POOL2D,
                    Pools.ADAPTIVE_MAX_POOL2D,
                    Convolutions.DENSE),
            Merges.ALL,
            List.of(
                    Arrangements.FLATTEN,
                    Arrangements.ZERO_PAD2D,
                    Arrangements.PAD2D,
                    Arrangements.CROP2D,
                    Arrangements.SLICE_CHANNELS,
                    Arrangements.CHANNEL_SHUFFLE,
                    Arrangements.DEPTH_TO_SPACE,
                    Arrangements.SPACE_TO_DEPTH,
                    Resizes.UP_SAMPLING2D,
                    Resizes.RESIZE,
                    Resizes.RESIZE_LIKE,
                    Arrangements.DROPOUT))
            .flatMap(List::stream).toList();

    private static final Map<String, Operator> BY_WORD =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Operator::word, Function.identity()));

    private Operators() {}

    /** The operator of a word. */
    public static Optional<Operator> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** The operator that a layer must be to compute one of a graph; empty for those that only passes make. */
    public static Optional<Operator> of(Op op) {
        return of(op.keyword());
    }

    /** Their words, in the order of the reference. */
    public static List<String> words() {
        return ALL.stream().map(Operator::word).toList();
    }
}
