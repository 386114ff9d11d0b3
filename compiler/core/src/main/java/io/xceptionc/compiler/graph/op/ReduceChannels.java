package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The channels of each pixel as one number, {@code [h, w, c] -> [h, w, 1]}, of a vector {@code [c] -> [1]}, float32.
 *
 * @param kind what becomes of them
 */
public record ReduceChannels(Kind kind) implements StandaloneOp {

    /** What becomes of the channels of a pixel. */
    public enum Kind {
        /** Their mean. */
        MEAN("avg_channels"),
        /** Their maximum. */
        MAX("max_channels"),
        /** The number of the greatest, from 0; of equal ones the first. */
        ARGMAX("argmax");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        /** The keyword of the spec language. */
        public String keyword() {
            return keyword;
        }
    }

    @Override
    public String keyword() {
        return kind.keyword();
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs).withChannels(1);
    }
}
