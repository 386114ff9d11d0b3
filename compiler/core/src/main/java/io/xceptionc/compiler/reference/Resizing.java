package io.xceptionc.compiler.reference;

import io.xceptionc.compiler.graph.op.Resize2d;
import java.util.List;

/** Images of another size. */
final class Resizing {

    /**
     * Where along an axis a number comes from.
     *
     * @param before the neighbour before the place
     * @param after the neighbour after it
     * @param weightAfter the share of the one after
     */
    private record Neighbours(int before, int after, double weightAfter) {}

    private Resizing() {}

    static ExactValue resize(Resize2d op, ExactValue x) {
        ExactValue y = ExactValue.zeros(op.outputType(List.of(x.type())));
        for (int row = 0; row < y.height(); row++) {
            Neighbours rows = neighbours(op, row, x.height(), y.height());
            for (int column = 0; column < y.width(); column++) {
                Neighbours columns = neighbours(op, column, x.width(), y.width());
                for (int c = 0; c < y.channels(); c++) {
                    double above = between(x, rows.before, columns, c);
                    double below = between(x, rows.after, columns, c);
                    y.set(row * y.width() + column, c, above + rows.weightAfter * (below - above));
                }
            }
        }
        return y;
    }

    private static double between(ExactValue x, int row, Neighbours columns, int channel) {
        double before = x.at(row * x.width() + columns.before, channel);
        double after = x.at(row * x.width() + columns.after, channel);
        return before + columns.weightAfter * (after - before);
    }

    private static Neighbours neighbours(Resize2d op, int index, int inputSize, int size) {
        double place = place(op.coordinates(), index, inputSize, size);
        int last = inputSize - 1;
        if (op.method() == Resize2d.Method.BILINEAR) {
            double inside = Math.clamp(place, 0.0, last);
            int before = (int) Math.floor(inside);
            return new Neighbours(before, Math.min(before + 1, last), inside - before);
        }
        double nearest = switch (op.rounding()) {
            case FLOOR -> Math.floor(place);
            case CEIL -> Math.ceil(place);
            case HALF_DOWN -> Math.ceil(place - 0.5);
            case HALF_UP -> Math.floor(place + 0.5);
        };
        int pixel = (int) Math.clamp(nearest, 0.0, last);
        return new Neighbours(pixel, pixel, 0);
    }

    private static double place(Resize2d.Coordinates coordinates, int index, int inputSize, int size) {
        double scale = (double) size / inputSize;
        return switch (coordinates) {
            case HALF_PIXEL -> (index + 0.5) / scale - 0.5;
            case PYTORCH_HALF_PIXEL -> size == 1 ? 0 : (index + 0.5) / scale - 0.5;
            case ALIGN_CORNERS -> size == 1 ? 0 : index * (inputSize - 1.0) / (size - 1.0);
            case ASYMMETRIC -> index / scale;
        };
    }
}
