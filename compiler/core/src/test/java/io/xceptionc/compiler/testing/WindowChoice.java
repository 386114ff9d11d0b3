package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;

/**
 * A window that is wanted, whatever the image that it then meets.
 *
 * @param window sizes and, for {@link Edge#EXPLICIT}, padding
 * @param edge how it deals with the image's edge
 */
record WindowChoice(Window window, Edge edge) {

    /** What is done at the edge of the image. */
    enum Edge {
        VALID, SAME, EXPLICIT
    }

    /** The same, so that the result is as large as the image. */
    WindowChoice keepingSize() {
        Window slow = new Window(window.kernelHeight(), window.kernelWidth(), 1, 1, window.dilationHeight(),
                window.dilationWidth(), Padding.NONE);
        return new WindowChoice(slow, Edge.SAME);
    }

    /** The window as it is wanted if it fits the image, else with {@code SAME} padding, which always fits. */
    Window over(TensorType image) {
        Window wanted = switch (edge) {
            case VALID -> window.withPadding(Padding.NONE);
            case SAME -> same(window, image);
            case EXPLICIT -> window;
        };
        return fits(wanted, image) ? wanted : same(window, image);
    }

    /** The same for pooling: dilation for maxima only, and no position wholly in the padding. */
    Window overPooled(TensorType image, Reduction reduction) {
        Padding padding = window.padding();
        Padding narrow = new Padding(Math.min(padding.top(), window.kernelHeight() - 1),
                Math.min(padding.bottom(), window.kernelHeight() - 1),
                Math.min(padding.left(), window.kernelWidth() - 1),
                Math.min(padding.right(), window.kernelWidth() - 1));
        Window dense = new Window(window.kernelHeight(), window.kernelWidth(), window.strideHeight(),
                window.strideWidth(), reduction == Reduction.MAX ? window.dilationHeight() : 1,
                reduction == Reduction.MAX ? window.dilationWidth() : 1, narrow);
        Window fitting = new WindowChoice(dense, edge).over(image);
        return fitting.alwaysTaps(image) ? fitting : overPooled(image, Reduction.MEAN);
    }

    private static Window same(Window window, TensorType image) {
        return window.withPadding(Padding.same(image.height(), image.width(), window));
    }

    private static boolean fits(Window window, TensorType image) {
        Padding padding = window.padding();
        return window.extentHeight() <= image.height() + padding.top() + padding.bottom()
                && window.extentWidth() <= image.width() + padding.left() + padding.right();
    }
}
