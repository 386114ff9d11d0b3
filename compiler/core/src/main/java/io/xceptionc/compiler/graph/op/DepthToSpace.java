package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * The channels of each pixel as a square of pixels, {@code [h, w, block * block * c] -> [h * block, w * block, c]},
 * float32.
 *
 * @param block height and width of the square
 * @param order of its pixels among the channels
 * @see <a href="https://onnx.ai/onnx/operators/onnx__DepthToSpace.html">ONNX, DepthToSpace</a>
 */
public record DepthToSpace(int block, PixelOrder order) implements TransientOp {

    @Override
    public String keyword() {
        return "depth_to_space";
    }

    @Override
    public String details() {
        return Details.listed(block + "x" + block, order.word());
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        int square = Math.multiplyExact(block, block);
        if (input.channels() % square != 0) {
            throw new ShapeException(DiagnosticCode.E204,
                    "makes squares of " + block + " x " + block + " of " + input.channels() + " channels",
                    "the number of channels must be a multiple of " + square, "block");
        }
        if (order == PixelOrder.PYTORCH) {
            ShapeRules.requireOrderable(input.channels());
        }
        return TensorType.image(ShapeRules.size((long) input.height() * block),
                ShapeRules.size((long) input.width() * block), input.channels() / square);
    }
}
