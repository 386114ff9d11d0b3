package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/**
 * Each square of pixels as the channels of one, {@code [h * block, w * block, c] -> [h, w, block * block * c]},
 * float32.
 *
 * @param block height and width of the square
 * @param order of its pixels among the channels
 * @see <a href="https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html">ONNX, SpaceToDepth</a>
 */
public record SpaceToDepth(int block, PixelOrder order) implements TransientOp {

    @Override
    public String keyword() {
        return "space_to_depth";
    }

    @Override
    public String details() {
        return Details.listed(block + "x" + block, order.word());
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        TensorType input = ShapeRules.single(inputs);
        ShapeRules.requireImage(input);
        if (input.height() % block != 0 || input.width() % block != 0) {
            throw new ShapeException(DiagnosticCode.E201,
                    "cuts its input, which is " + input + ", into squares of " + block + " x " + block,
                    "height and width must be multiples of " + block, "block");
        }
        int channels = ShapeRules.size((long) input.channels() * block * block);
        if (order == PixelOrder.PYTORCH) {
            ShapeRules.requireOrderable(channels);
        }
        return TensorType.image(input.height() / block, input.width() / block, channels);
    }
}
