package io.xceptionc.compiler.emit.pack;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.Winograd;
import java.nio.ByteBuffer;

/**
 * The weights of a convolution by minimal filtering, F(2 x 2, 3 x 3): {@code G g G^T} with the rows of {@code G} (1, 0,
 * 0), (1/2, 1/2, 1/2), (1/2, -1/2, 1/2) and (0, 0, 1).
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray, Fast Algorithms for Convolutional Neural Networks</a>
 */
final class WinogradPanels {

    private static final int SIDE = 4;
    private static final int TAPS = 3;

    private final Tensor kernel;
    private final int depth;
    private final int columns;
    private final int paddedColumns;

    /** Of a kernel {@code [3, 3, depth, columns]}. */
    WinogradPanels(Tensor kernel) {
        this.kernel = kernel;
        depth = kernel.dimension(2);
        columns = kernel.dimension(3);
        paddedColumns = Math.ceilDiv(columns, ImageLayout.CHANNELS) * ImageLayout.CHANNELS;
    }

    /** How many values they have, the missing columns with them. */
    long valueCount() {
        return (long) Winograd.COMPONENTS * depth * paddedColumns;
    }

    /** Writes them as {@code [panel][component][strip][depth][16]}. */
    void fill(ByteBuffer target) {
        float[] values = kernel.values();
        int start = target.position();
        for (int channel = 0; channel < depth; channel++) {
            for (int column = 0; column < columns; column++) {
                double[] components = components(values, channel, column);
                for (int component = 0; component < components.length; component++) {
                    target.putFloat(start + index(component, channel, column) * Float.BYTES,
                            (float) components[component]);
                }
            }
        }
        target.position(start + Math.toIntExact(valueCount()) * Float.BYTES);
    }

    private int index(int component, int channel, int column) {
        int panel = column / ImageLayout.CHANNELS * Winograd.COMPONENTS + component;
        int strip = column % ImageLayout.CHANNELS / Product.STRIP_COLUMNS;
        return panel * depth * ImageLayout.CHANNELS + (strip * depth + channel) * Product.STRIP_COLUMNS
                + column % Product.STRIP_COLUMNS;
    }

    private double[] components(float[] values, int channel, int column) {
        double[][] rows = new double[TAPS][];
        for (int y = 0; y < TAPS; y++) {
            int tap = (y * TAPS * depth + channel) * columns + column;
            int next = depth * columns;
            rows[y] = transformed(values[tap], values[tap + next], values[tap + 2 * next]);
        }
        double[] components = new double[Winograd.COMPONENTS];
        for (int x = 0; x < SIDE; x++) {
            double[] column4 = transformed(rows[0][x], rows[1][x], rows[2][x]);
            for (int y = 0; y < SIDE; y++) {
                components[y * SIDE + x] = column4[y];
            }
        }
        return components;
    }

    /** {@code G (a, b, c)}. */
    private static double[] transformed(double a, double b, double c) {
        return new double[] {a, (a + b + c) / 2, (a - b + c) / 2, c};
    }
}
