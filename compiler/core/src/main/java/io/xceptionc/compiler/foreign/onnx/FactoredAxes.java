package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Factored;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Factored.Factor;
import io.xceptionc.compiler.graph.op.DepthToSpace;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.PixelOrder;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.ShuffleChannels;
import io.xceptionc.compiler.graph.op.SpaceToDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Axes of an image that are cut into factors, moved, and joined again: a channel shuffle, or PyTorch's pixel shuffle
 * and its reverse, in three nodes.
 */
final class FactoredAxes {

    private static final int IMAGE_RANK = 4;
    private static final int MOST_FACTORS = 8;

    private FactoredAxes() {}

    /** The image with its axes cut, if that makes the sizes. */
    static Optional<Factored> cut(OnnxStep step, List<Long> target) throws CannotImportException {
        Layout layout = step.layout(0);
        if (layout.rank() != IMAGE_RANK || !layout.isImage() || layout.channelAxis() < 0 || step.type(0).flat()
                || target.size() <= IMAGE_RANK || target.size() > MOST_FACTORS) {
            return Optional.empty();
        }
        List<Integer> sizes = step.sizes(0);
        List<Factor> factors = new ArrayList<>();
        int to = 0;
        for (int axis = 0; axis < sizes.size(); axis++) {
            long product = 1;
            int place = 0;
            do {
                if (to == target.size() || target.get(to) < 1 || target.get(to) > sizes.get(axis) / product) {
                    return Optional.empty();
                }
                product *= target.get(to);
                factors.add(new Factor(layout.axes().charAt(axis), place++, Math.toIntExact(target.get(to++))));
            } while (product < sizes.get(axis));
        }
        return to == target.size()
                ? Optional.of(new Factored(step.activations(0), factors))
                : Optional.empty();
    }

    /**
     * The image with rows and columns repeated, whose copies are axes of their own, which had one place before; empty
     * if other axes are.
     *
     * @param next the sizes of the axes
     */
    static Optional<Factored> repeated(OnnxStep step, List<Integer> next) throws CannotImportException {
        Layout layout = step.layout(0);
        List<Integer> sizes = step.sizes(0);
        if (!layout.isImage() || layout.channelAxis() < 0 || step.type(0).flat() || next.size() != sizes.size()) {
            return Optional.empty();
        }
        List<Factor> factors = new ArrayList<>();
        int[] copies = {1, 1};
        for (int axis = 0; axis < sizes.size(); axis++) {
            char name = layout.axes().charAt(axis);
            boolean isCopy = !sizes.get(axis).equals(next.get(axis));
            int repeats = axis == 0 ? -1 : "HW".indexOf(layout.axes().charAt(axis - 1));
            if (isCopy ? name != '1' || repeats < 0 : name == '1') {
                return Optional.empty();
            }
            if (isCopy) {
                copies[repeats] = next.get(axis);
            }
            factors.add(isCopy
                    ? new Factor(layout.axes().charAt(axis - 1), 1, next.get(axis))
                    : new Factor(name, 0, sizes.get(axis)));
        }
        return factors.size() == IMAGE_RANK
                ? Optional.empty()
                : Optional.of(new Factored(step.add(new Resize2d(new Resize2d.Extent.Factor(copies[0], copies[1]),
                        Resize2d.Method.NEAREST, Resize2d.Coordinates.HALF_PIXEL, Resize2d.Rounding.HALF_UP),
                        Layout.NCHW, step.activations(0).node()), factors));
    }

    /** The sizes of the axes in the model. */
    static List<Integer> sizes(Factored factored) {
        return factored.factors().stream().map(Factor::size).toList();
    }

    /** With its axes in another order. */
    static OnnxResult turned(OnnxStep step, Factored factored) throws CannotImportException {
        List<Long> order = step.integers("perm").orElse(List.of());
        List<Factor> factors = new ArrayList<>();
        for (long axis : order) {
            if (axis < 0 || axis >= factored.factors().size()) {
                throw new CannotImportException("it moves axes to " + order + " of " + sizes(factored), "");
            }
            factors.add(factored.factors().get((int) axis));
        }
        if (factors.stream().distinct().count() != factored.factors().size()) {
            throw new CannotImportException("it moves axes to " + order + " of " + sizes(factored), "");
        }
        return new Factored(factored.image(), factors);
    }

    /** As an image again. */
    static OnnxResult joined(OnnxStep step, Factored factored, List<Long> target) throws CannotImportException {
        Optional<Result> result = target.size() == IMAGE_RANK ? result(factored, target) : Optional.empty();
        if (result.isEmpty()) {
            throw new CannotImportException("it makes " + target + " of " + sizes(factored),
                    "of axes that were cut, only a channel shuffle, a pixel shuffle or its reverse can be made");
        }
        Activations image = factored.image();
        return result.get().op().isEmpty()
                ? new Activations(image.node(), result.get().layout())
                : step.add(result.get().op().get(), result.get().layout(), image.node());
    }

    private record Result(Optional<Op> op, Layout layout) {}

    private static Optional<Result> result(Factored factored, List<Long> target) {
        List<List<Factor>> groups = new ArrayList<>();
        int from = 0;
        for (long size : target) {
            List<Factor> group = new ArrayList<>();
            long product = 1;
            do {
                if (from == factored.factors().size()) {
                    return Optional.empty();
                }
                product *= factored.factors().get(from).size();
                group.add(factored.factors().get(from++));
            } while (product < size);
            if (product != size) {
                return Optional.empty();
            }
            groups.add(group);
        }
        return from == factored.factors().size() ? new Meaning(factored, groups).result() : Optional.empty();
    }

    /** What factors mean that are axes of an image again. */
    private static final class Meaning {

        private final Factored factored;
        private final List<List<Factor>> groups;

        Meaning(Factored factored, List<List<Factor>> groups) {
            this.factored = factored;
            this.groups = groups.stream().map(this::substantial).toList();
        }

        /** Without those of size 1 beside others of their axis. */
        private List<Factor> substantial(List<Factor> group) {
            return group.stream().filter(factor -> factor.size() > 1 || ofAxis(factor.axis(), 0).size() == 1).toList();
        }

        private List<Factor> ofAxis(char axis, int fewest) {
            return factored.factors().stream().filter(factor -> factor.axis() == axis && factor.size() > fewest)
                    .sorted((a, b) -> Integer.compare(a.place(), b.place())).toList();
        }

        private List<Factor> cut(char axis) {
            List<Factor> factors = ofAxis(axis, 1);
            return factors.isEmpty() ? ofAxis(axis, 0).subList(0, 1) : factors;
        }

        Optional<Result> result() {
            List<Factor> rows = cut('H');
            List<Factor> columns = cut('W');
            List<Factor> channels = cut('C');
            Optional<Layout> whole = layout(List.of(cut('N'), rows, columns, channels));
            if (whole.isPresent()) {
                return Optional.of(new Result(Optional.empty(), whole.get()));
            }
            if (rows.size() == 1 && columns.size() == 1) {
                return channels.size() > 2 || isSquare(channels)
                        ? depthToSpace(rows.getFirst(), columns.getFirst(), channels).or(() -> shuffled(channels))
                        : shuffled(channels);
            }
            return rows.size() == 2 && columns.size() == 2 && channels.size() == 1
                    && rows.getLast().size() == columns.getLast().size()
                            ? spaceToDepth(rows, columns, channels.getFirst())
                            : Optional.empty();
        }

        private static boolean isSquare(List<Factor> channels) {
            return channels.size() == 2 && channels.getFirst().size() == channels.getLast().size();
        }

        private Optional<Result> shuffled(List<Factor> channels) {
            Optional<Layout> layout = layout(List.of(cut('N'), cut('H'), cut('W')));
            return channels.size() == 2 && groups.contains(channels.reversed())
                    ? layout.map(
                            found -> new Result(Optional.of(new ShuffleChannels(channels.getFirst().size())), found))
                    : Optional.empty();
        }

        private Optional<Result> depthToSpace(Factor row, Factor column, List<Factor> channels) {
            for (PixelOrder order : PixelOrder.values()) {
                int first = order == PixelOrder.PYTORCH ? channels.size() - 2 : 0;
                Factor rowOfSquare = channels.get(first);
                Factor columnOfSquare = channels.get(first + 1);
                List<Factor> left = new ArrayList<>(channels);
                left.removeAll(List.of(rowOfSquare, columnOfSquare));
                Optional<Layout> layout = layout(List.of(cut('N'), List.of(row, rowOfSquare),
                        List.of(column, columnOfSquare), left));
                if (layout.isPresent() && rowOfSquare.size() == columnOfSquare.size()) {
                    return layout.map(
                            found -> new Result(Optional.of(new DepthToSpace(rowOfSquare.size(), order)), found));
                }
            }
            return Optional.empty();
        }

        private Optional<Result> spaceToDepth(List<Factor> rows, List<Factor> columns, Factor channel) {
            for (PixelOrder order : PixelOrder.values()) {
                Factor row = rows.getLast();
                Factor column = columns.getLast();
                List<Factor> depth = order == PixelOrder.PYTORCH
                        ? List.of(channel, row, column)
                        : List.of(row, column, channel);
                Optional<Layout> layout = layout(
                        List.of(cut('N'), List.of(rows.getFirst()), List.of(columns.getFirst()), depth));
                if (layout.isPresent()) {
                    return layout.map(found -> new Result(Optional.of(new SpaceToDepth(row.size(), order)), found));
                }
            }
            return Optional.empty();
        }

        /** The layout in which the axes are batch, rows, columns and, where they are given, channels. */
        private Optional<Layout> layout(List<List<Factor>> axes) {
            StringBuilder layout = new StringBuilder();
            for (List<Factor> group : groups) {
                int axis = axes.indexOf(group);
                layout.append(axis < 0 ? 'C' : "NHWC".charAt(axis));
            }
            boolean isWhole = layout.chars().distinct().count() == IMAGE_RANK && groups.containsAll(axes);
            return isWhole ? Optional.of(new Layout(layout.toString())) : Optional.empty();
        }
    }
}
