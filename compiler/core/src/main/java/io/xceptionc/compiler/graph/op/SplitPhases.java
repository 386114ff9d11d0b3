package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The phases of an image as channels, {@code [h * block, w * block, c] -> [h, w, block * block * c]}, row by row,
 * float32. Made by a pass.
 *
 * @param block rows and columns from a pixel of a phase to the next
 */
public record SplitPhases(int block) implements StandaloneOp {

    @Override
    public String keyword() {
        return "split_phases";
    }

    @Override
    public String details() {
        return block + "x" + block;
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return new SpaceToDepth(block, PixelOrder.TENSORFLOW).outputType(inputs);
    }
}
