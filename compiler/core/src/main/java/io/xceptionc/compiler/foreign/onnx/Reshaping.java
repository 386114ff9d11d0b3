package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.graph.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the axes of a value that is given another shape with the same numbers in the same order.
 *
 * @param layout of the result
 * @param flattens whether rows, columns and channels have become one axis
 * @param channelsFirst whether that has all of a channel together; of no meaning where nothing is flattened
 */
record Reshaping(Layout layout, boolean flattens, boolean channelsFirst) {

    /** Of a value of a type to some sizes; empty if axes are cut or joined that belong to different things. */
    static Optional<Reshaping> of(Layout layout, int batch, TensorType type, List<Long> target) {
        return new Walk(layout, batch, type, target).result();
    }

    /** Goes along both shapes at once. */
    private static final class Walk {

        private final Layout layout;
        private final TensorType type;
        private final List<Integer> sizes;
        private final List<Long> target;
        private final StringBuilder axes = new StringBuilder();
        private int from;
        private int to;
        private boolean flattens;
        private boolean channelsFirst;

        Walk(Layout layout, int batch, TensorType type, List<Long> target) {
            this.layout = layout;
            this.type = type;
            this.sizes = layout.sizes(batch, type);
            this.target = target;
        }

        Optional<Reshaping> result() {
            while (from < sizes.size() || to < target.size()) {
                if (!step()) {
                    return Optional.empty();
                }
            }
            if (isVectorOfOneChannel()) {
                return Optional.of(new Reshaping(Layout.VECTOR, true, true));
            }
            Layout next = new Layout(axes.toString());
            return Optional.of(new Reshaping(flattens ? next.ofVector() : next.settled(type), flattens, channelsFirst));
        }

        /** Whether the pixels of an image of one channel are all that is left. */
        private boolean isVectorOfOneChannel() {
            return !type.flat() && type.channels() == 1 && axes.toString().matches("N[HWP]")
                    && new Layout(axes.toString()).size(1, 1, type) == type.elementCount();
        }

        private boolean step() {
            boolean hasBoth = from < sizes.size() && to < target.size();
            if (hasBoth && sizes.get(from) == target.get(to).longValue()) {
                axes.append(layout.axes().charAt(from++));
                to++;
                return true;
            }
            if (from < sizes.size() && sizes.get(from) == 1) {
                from++;
                return true;
            }
            if (to < target.size() && target.get(to) == 1) {
                axes.append('1');
                to++;
                return true;
            }
            return hasBoth && (joined() || cut());
        }

        /** Height and width become pixels, or everything a vector. */
        private boolean joined() {
            StringBuilder run = new StringBuilder();
            long product = 1;
            int end = from;
            while (end < sizes.size() && product < target.get(to)) {
                product *= sizes.get(end);
                run.append(sizes.get(end) == 1 ? "" : layout.axes().substring(end, end + 1));
                end++;
            }
            if (product != target.get(to)) {
                return false;
            }
            if (run.toString().equals("HW")) {
                axes.append('P');
            } else if (isAll(run.toString())) {
                axes.append('C');
                flattens = true;
                channelsFirst = run.charAt(0) == 'C';
            } else {
                return false;
            }
            from = end;
            to++;
            return true;
        }

        /** Whether axes are those of the whole value, in an order that a flattening knows. */
        private boolean isAll(String run) {
            long count = run.chars().mapToLong(
                    axis -> layout.size(layout.axes().indexOf(axis), 1, type)).reduce(1, (a, b) -> a * b);
            return count == type.elementCount() && run.indexOf('N') < 0
                    && ("CHW".replaceAll("[^" + run + "]", "").equals(run)
                            || "HWC".replaceAll("[^" + run + "]", "").equals(run) || run.equals("CP")
                            || run.equals("PC"));
        }

        /** Pixels become height and width again. */
        private boolean cut() {
            if (layout.axes().charAt(from) != 'P' || to + 1 >= target.size() || target.get(to) != type.height()
                    || target.get(to + 1) != type.width()) {
                return false;
            }
            axes.append("HW");
            from++;
            to += 2;
            return true;
        }
    }
}
