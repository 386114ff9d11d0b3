package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import java.util.stream.IntStream;

/** Moves a window over an image. */
final class Sliding {

    /** Where a tap of the window meets a pixel of the image; pixels are counted row by row. */
    @FunctionalInterface
    interface TapVisitor {
        void visit(int outputPixel, int tap, int inputPixel);
    }

    private Sliding() {}

    /** The shape that the window's positions form, counted one by one. */
    static TensorType outputType(Window window, ExactValue image, int channels) {
        Padding padding = window.padding();
        int rows = countPositions(image.height() + padding.top() + padding.bottom(), window.kernelHeight(),
                window.dilationHeight(), window.strideHeight());
        int columns = countPositions(image.width() + padding.left() + padding.right(), window.kernelWidth(),
                window.dilationWidth(), window.strideWidth());
        return TensorType.image(rows, columns, channels);
    }

    private static int countPositions(int paddedSize, int kernelSize, int dilation, int stride) {
        int count = 0;
        for (int first = 0; first + (kernelSize - 1) * dilation < paddedSize; first += stride) {
            count++;
        }
        return count;
    }

    /**
     * Visits every tap that lies in the image, not in the padding, for every position of the window. Rows of positions
     * are visited in parallel, so a visitor may write to its output pixel only; the taps of one position come in order,
     * each for a whole row of positions before the next, while its weights are in the cache.
     */
    static void forEachTap(Window window, ExactValue image, TensorType output, TapVisitor visitor) {
        IntStream.range(0, output.height()).parallel().forEach(row -> {
            for (int tap = 0; tap < window.tapCount(); tap++) {
                forEachColumn(window, image, output, row, tap, visitor);
            }
        });
    }

    private static void forEachColumn(Window window, ExactValue image, TensorType output, int row, int tap,
            TapVisitor visitor) {
        int y = row * window.strideHeight() + tap / window.kernelWidth() * window.dilationHeight()
                - window.padding().top();
        int left = tap % window.kernelWidth() * window.dilationWidth() - window.padding().left();
        for (int column = 0; column < output.width() && y >= 0 && y < image.height(); column++) {
            int x = column * window.strideWidth() + left;
            if (x >= 0 && x < image.width()) {
                visitor.visit(row * output.width() + column, tap, y * image.width() + x);
            }
        }
    }
}
