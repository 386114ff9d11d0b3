package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;

/** Which axes a value has in the model, where images of the graph are {@code [height, width, channels]}. */
enum Layout {
    /** Images as most ONNX models have them. */
    NCHW("NCHW"),
    /** Images as TensorFlow has them. */
    NHWC("NHWC"),
    /** Images turned over, as PyTorch does for a softmax. */
    NWHC("NWHC"),
    /** Vectors. */
    VECTOR("NC");

    private final String axes;

    Layout(String axes) {
        this.axes = axes;
    }

    /** The number of axes. */
    int rank() {
        return axes.length();
    }

    /** The axis of the channels. */
    int channelAxis() {
        return axes.indexOf('C');
    }

    /** The axes of height and width, in this order. */
    List<Integer> sides() {
        return List.of(axes.indexOf('H'), axes.indexOf('W'));
    }

    /** The sizes of the axes of a value of a type. */
    List<Integer> sizes(int batch, TensorType type) {
        return axes.chars().mapToObj(axis -> switch (axis) {
            case 'N' -> batch;
            case 'H' -> type.height();
            case 'W' -> type.width();
            default -> type.channels();
        }).toList();
    }

    /** The layout of images whose axes are, in this order, the given ones of this layout; null if it is none of these. */
    Layout permuted(List<Integer> order) {
        if (order.size() != rank()) {
            return null;
        }
        StringBuilder next = new StringBuilder();
        for (int axis : order) {
            next.append(axis >= 0 && axis < rank() ? axes.charAt(axis) : '?');
        }
        for (Layout layout : values()) {
            if (layout.axes.contentEquals(next)) {
                return layout;
            }
        }
        return null;
    }
}
