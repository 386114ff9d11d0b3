package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which axes a value has in the model, where images of the graph are {@code [height, width, channels]}.
 *
 * @param axes a letter for each: {@code N} is the batch, {@code C} channels, {@code H} height, {@code W} width, {@code
 *        P} both as one axis, row by row, and {@code 1} an axis of size 1 that is none of these
 */
record Layout(String axes) {

    /** Images as most ONNX models have them. */
    static final Layout NCHW = new Layout("NCHW");

    /** Images as TensorFlow has them. */
    static final Layout NHWC = new Layout("NHWC");

    /** Vectors. */
    static final Layout VECTOR = new Layout("NC");

    /** The number of axes. */
    int rank() {
        return axes.length();
    }

    /** The axis of the channels; -1 if there is none. */
    int channelAxis() {
        return axes.indexOf('C');
    }

    /** The axis of the rows; -1 if there is none. */
    int rowAxis() {
        return axes.indexOf('H');
    }

    /** The axis of the columns; -1 if there is none. */
    int columnAxis() {
        return axes.indexOf('W');
    }

    /** Whether it has both axes of an image. */
    boolean isImage() {
        return rowAxis() >= 0 && columnAxis() >= 0;
    }

    /** Whether rows come before columns, as in the graph, where both are there. */
    boolean isUpright() {
        return !isImage() || rowAxis() < columnAxis();
    }

    /** The size of an axis of a value of a type. */
    int size(int axis, int batch, TensorType type) {
        return switch (axes.charAt(axis)) {
            case 'N' -> batch;
            case 'H' -> type.height();
            case 'W' -> type.width();
            case 'P' -> type.pixelCount();
            case 'C' -> type.channels();
            default -> 1;
        };
    }

    /** The sizes of the axes of a value of a type. */
    List<Integer> sizes(int batch, TensorType type) {
        return IntStream.range(0, rank()).mapToObj(axis -> size(axis, batch, type)).toList();
    }

    /** With axes, in this order, that are the given ones of this layout. */
    Layout permuted(List<Integer> order) throws CannotImportException {
        if (!order.stream().sorted().toList()
                .equals(IntStream.range(0, rank()).boxed().toList())) {
            throw new CannotImportException("it moves axes to " + order + " of a value with " + rank(), "");
        }
        return new Layout(order.stream().map(axis -> axes.substring(axis, axis + 1)).collect(Collectors.joining()));
    }

    /** Without an axis. */
    Layout without(int axis) {
        return new Layout(axes.substring(0, axis) + axes.substring(axis + 1));
    }

    /** With an axis of size 1 in a place. */
    Layout withOne(int axis) {
        return new Layout(axes.substring(0, axis) + "1" + axes.substring(axis));
    }

    /**
     * With every axis that is missing, but has size 1, standing where there is one of that size: an image that has lost
     * its only column, and has been given one again, is one as before.
     */
    Layout settled(TensorType type) {
        String settled = axes;
        if (type.channels() == 1) {
            settled = filled(settled, 'C');
        }
        if (!type.flat() && type.height() == 1 && settled.indexOf('P') < 0) {
            settled = filled(settled, 'H');
        }
        if (!type.flat() && type.width() == 1 && settled.indexOf('P') < 0) {
            settled = filled(settled, 'W');
        }
        return new Layout(settled);
    }

    private static String filled(String axes, char missing) {
        return axes.indexOf(missing) >= 0 ? axes : axes.replaceFirst("1", String.valueOf(missing));
    }

    /** The same of a value that is a vector. */
    Layout ofVector() {
        return new Layout(axes.replaceAll("[HWP]", "1"));
    }
}
