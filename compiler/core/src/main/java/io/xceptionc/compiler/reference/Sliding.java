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
     * Visits every tap that lies in the image, not in the padding, for every position of the window. Rows of positions are
     * visited in parallel, so a visitor may write to its output pixel only; the taps of one position come in order.
     */
    static void forEachTap(Window window, ExactValue image, TensorType output, TapVisitor visitor) {
        IntStream.range(0, output.height()).parallel().forEach(row -> {
            for (int column = 0; column < output.width(); column++) {
                forEachTapAt(window, image, row, column, row * output.width() + column, visitor);
            }
        });
    }

    private static void forEachTapAt(Window window, ExactValue image, int row, int column, int outputPixel,
            TapVisitor visitor) {
        for (int kernelRow = 0; kernelRow < window.kernelHeight(); kernelRow++) {
            for (int kernelColumn = 0; kernelColumn < window.kernelWidth(); kernelColumn++) {
                int y = row * window.strideHeight() + kernelRow * window.dilationHeight() - window.padding().top();
                int x = column * window.strideWidth() + kernelColumn * window.dilationWidth()
                        - window.padding().left();
                if (y >= 0 && y < image.height() && x >= 0 && x < image.width()) {
                    visitor.visit(outputPixel, kernelRow * window.kernelWidth() + kernelColumn, y * image.width() + x);
                }
            }
        }
    }
}
