package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.AdaptivePool2d;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows or columns that are cut out, each reduced to one, and joined again: adaptive pooling where its parts are not
 * equal, {@code concat(mean(x[0:4]), mean(x[3:7]), mean(x[6:10])) -> adaptive_avg_pool2d(x)}.
 */
final class Strips {

    /** A strip is a reduction of a cut of an image. */
    private static final int DEEPEST = 2;

    private Strips() {}

    /**
     * Some rows or columns of an image.
     *
     * @param first the first of them
     * @param end the first after them
     * @param reduction what they are reduced by; empty if there is only one
     */
    private record Strip(int first, int end, Optional<Reduction> reduction) {

        /** What a node takes of an image; empty if it computes anything else. */
        static Optional<Strip> of(Node node, Node image, boolean isOfRows) {
            boolean isReduced = node.op() instanceof Pool2d pool && isWhole(pool, node, isOfRows);
            Optional<Reduction> reduction =
                    isReduced ? Optional.of(((Pool2d) node.op()).reduction()) : Optional.empty();
            Node cut = isReduced && node != image ? node.input() : node;
            Optional<Strip> strip = cut == image
                    ? Optional.of(new Strip(0, size(image.type(), isOfRows), reduction))
                    : cropped(cut, image, isOfRows, reduction);
            return strip.filter(it -> it.reduction.isPresent() || it.end == it.first + 1);
        }

        private static Optional<Strip> cropped(Node cut, Node image, boolean isOfRows, Optional<Reduction> reduction) {
            if (!(cut.op() instanceof Crop2d(Padding margins)) || cut.input() != image) {
                return Optional.empty();
            }
            boolean isAlong = isOfRows
                    ? margins.left() == 0 && margins.right() == 0
                    : margins.top() == 0 && margins.bottom() == 0;
            int first = isOfRows ? margins.top() : margins.left();
            return isAlong
                    ? Optional.of(new Strip(first, first + size(cut.type(), isOfRows), reduction))
                    : Optional.empty();
        }

        private static boolean isWhole(Pool2d pool, Node node, boolean isOfRows) {
            TensorType input = node.input().type();
            Window line = new Window(isOfRows ? input.height() : 1, isOfRows ? 1 : input.width(), 1, 1, 1, 1,
                    Padding.NONE);
            return pool.window().equals(line);
        }
    }

    private static int size(TensorType type, boolean isOfRows) {
        return isOfRows ? type.height() : type.width();
    }

    /** What a node yields that joins strips along an axis; empty if it joins anything else. */
    static Optional<OnnxResult> joined(OnnxStep step, List<Activations> values, int axis) throws CannotImportException {
        Layout layout = values.getFirst().layout();
        boolean isOfRows = axis == layout.rowAxis();
        if (!layout.isImage() || (!isOfRows && axis != layout.columnAxis())
                || values.stream().anyMatch(value -> !value.layout().equals(layout))) {
            return Optional.empty();
        }
        Node image = values.getFirst().node();
        for (int depth = 0; depth <= DEEPEST; depth++) {
            Node whole = image;
            List<Strip> strips = values.stream().flatMap(value -> Strip.of(value.node(), whole, isOfRows).stream())
                    .toList();
            if (strips.size() == values.size()) {
                return pooled(step, whole, strips, layout, isOfRows);
            }
            if (image.inputs().isEmpty()) {
                break;
            }
            image = image.input();
        }
        return Optional.empty();
    }

    private static Optional<OnnxResult> pooled(OnnxStep step, Node image, List<Strip> strips, Layout layout,
            boolean isOfRows) throws CannotImportException {
        int count = strips.size();
        int size = size(image.type(), isOfRows);
        List<Reduction> reductions = strips.stream().flatMap(strip -> strip.reduction.stream()).distinct().toList();
        boolean arePartsOfImage = IntStream.range(0, count)
                .allMatch(i -> strips.get(i).first == (int) ((long) i * size / count)
                        && strips.get(i).end == Math.ceilDiv((i + 1L) * size, count));
        if (!arePartsOfImage || reductions.size() > 1) {
            return Optional.empty();
        }
        if (reductions.isEmpty() && count == size) {
            return Optional.of(new Activations(image, layout));
        }
        Reduction reduction = reductions.isEmpty() ? Reduction.MAX : reductions.getFirst();
        AdaptivePool2d pool = isOfRows
                ? new AdaptivePool2d(reduction, count, image.type().width())
                : new AdaptivePool2d(reduction, image.type().height(), count);
        boolean isOfReducedRows = !isOfRows && image.op() instanceof AdaptivePool2d rows
                && rows.reduction() == reduction && rows.width() == image.input().type().width();
        return Optional.of(step.add(pool, layout, isOfReducedRows ? image.input() : image));
    }
}
