package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Maximum and mean, under windows and of whole images. */
final class PoolOperators {

    static final Map<String, Translation> ALL =
            Map.of("MaxPool", step -> pool(step, Reduction.MAX), "AveragePool", step -> pool(step, Reduction.MEAN),
                    "GlobalMaxPool", step -> global(step, Reduction.MAX), "GlobalAveragePool",
                    step -> global(step, Reduction.MEAN), "ReduceMax", step -> reduce(step, Reduction.MAX),
                    "ReduceMean", step -> reduce(step, Reduction.MEAN));

    private PoolOperators() {}

    private static OnnxResult pool(OnnxStep step, Reduction reduction) throws CannotImportException {
        Activations input = step.image(0);
        Window window = Windows.of(step, input.type());
        if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
            throw new CannotImportException("its window has dilations", "");
        }
        boolean countsPadding = reduction == Reduction.MEAN && step.integer("count_include_pad", 0) != 0
                && !window.padding().equals(Padding.NONE);
        if (step.integer("ceil_mode", 0) != 0) {
            Window rounded = roundedUp(window, input.type());
            if (countsPadding && !rounded.equals(window)) {
                throw new CannotImportException("it has ceil_mode and count_include_pad, and its last window passes"
                        + " the padding", "");
            }
            window = rounded;
        }
        return step.add(new Pool2d(reduction, window, countsPadding), input);
    }

    /** The window with as much more padding at the end as yields what rounding up yields; that padding counts for nothing. */
    private static Window roundedUp(Window window, TensorType image) {
        Padding padding = window.padding();
        int rows = spare(image.height(), padding.top(), padding.bottom(), window.extentHeight(),
                window.strideHeight());
        int columns = spare(image.width(), padding.left(), padding.right(), window.extentWidth(),
                window.strideWidth());
        return window.withPadding(padding.plus(new Padding(0, rows, 0, columns)));
    }

    /** What the last window passes the end by; none begins after the image, as in PyTorch. */
    private static int spare(int size, int before, int after, int extent, int stride) {
        int slack = size + before + after - extent;
        if (slack < 0 || slack % stride == 0) {
            return 0;
        }
        int last = Math.ceilDiv(slack, stride);
        return last * stride >= size + before ? 0 : last * stride - slack;
    }

    private static OnnxResult global(OnnxStep step, Reduction reduction) throws CannotImportException {
        Activations input = step.image(0);
        return new Pooled(step.context().names().of(step.node()), input.node(), input.layout(), reduction);
    }

    private static OnnxResult reduce(OnnxStep step, Reduction reduction) throws CannotImportException {
        Activations input = step.activations(0);
        List<Long> axes = step.has(1)
                ? step.wholes(1, "axes")
                : new ArrayList<>(step.integers("axes").orElse(List.of()));
        TreeSet<Integer> reduced = new TreeSet<>();
        for (long axis : axes) {
            reduced.add(OnnxStep.axis(axis, input.layout().rank()));
        }
        if (input.layout() == Layout.VECTOR || !reduced.equals(new TreeSet<>(input.layout().sides()))) {
            throw new CannotImportException("it reduces the axes " + axes + " of " + step.sizes(input),
                    "only height and width, both at once, are known");
        }
        Pooled pooled =
                new Pooled(step.context().names().of(step.node()), input.node(), input.layout(), reduction);
        return step.integer("keepdims", 1) != 0 ? pooled : step.vector(pooled);
    }
}
