package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What an index of Python's takes of each axis, the batch included.
 *
 * @param axes one for each axis
 * @see <a href="https://numpy.org/doc/stable/user/basics.indexing.html">NumPy, indexing</a>
 */
record Indexing(List<Part> axes) {

    private static final Json EVERYTHING = Json.of(Map.of());

    /**
     * Of one axis.
     *
     * @param places the indices taken, in order
     * @param drops whether the axis is gone, as that of a single index is
     */
    record Part(List<Integer> places, boolean drops) {

        /** Whether it takes everything as it is. */
        boolean isWhole(int size) {
            return !drops && places.equals(IntStream.range(0, size).boxed().toList());
        }
    }

    Indexing {
        axes = List.copyOf(axes);
    }

    /** Whether a part of an index stands for all axes that are not named. */
    static boolean isEllipsis(Json part) {
        return part.get("class_name").text().filter("__ellipsis__"::equals).isPresent();
    }

    /** Of a value of some sizes. */
    static Indexing of(Json key, List<Integer> sizes) throws CannotImportException {
        List<Json> parts = new ArrayList<>(key.isList() ? key.elements() : List.of(key));
        long named = parts.stream().filter(part -> !isEllipsis(part)).count();
        int gap = IntStream.range(0, parts.size()).filter(i -> isEllipsis(parts.get(i))).findFirst()
                .orElse(parts.size());
        if (named > sizes.size() || parts.size() > named + 1) {
            throw new CannotImportException("it has an index of " + parts.size() + " parts for " + sizes.size()
                    + " axes", "");
        }
        List<Json> all = new ArrayList<>(parts.subList(0, gap));
        all.addAll(Collections.nCopies(sizes.size() - (int) named, EVERYTHING));
        all.addAll(parts.subList(Math.min(gap + 1, parts.size()), parts.size()));
        List<Part> axes = new ArrayList<>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            axes.add(part(all.get(axis), sizes.get(axis)));
        }
        return new Indexing(axes);
    }

    private static Part part(Json part, int size) throws CannotImportException {
        if (size > Attributes.LARGEST_SIZE) {
            throw new CannotImportException("it has an index into an axis of " + size, "");
        }
        if (part.integer().isPresent()) {
            int place = part.integer().get() < 0 ? part.integer().get() + size : part.integer().get();
            if (place >= 0 && place < size) {
                return new Part(List.of(place), true);
            }
        } else if (!part.isList() && part.text().isEmpty() && part.isPresent()) {
            Json slice = part.get("config").isPresent() ? part.get("config") : part;
            return new Part(places(slice, size), false);
        }
        throw new CannotImportException("it has an index that is no number and no slice of " + size, "");
    }

    private static List<Integer> places(Json slice, int size) throws CannotImportException {
        int step = slice.get("step").integer().orElse(1);
        if (step == 0) {
            throw new CannotImportException("it has a slice with the step 0", "");
        }
        int least = step < 0 ? -1 : 0;
        int most = step < 0 ? size - 1 : size;
        int start = end(slice.get("start"), size, step < 0 ? most : least, least, most);
        int stop = end(slice.get("stop"), size, step < 0 ? least : most, least, most);
        List<Integer> places = new ArrayList<>();
        for (long place = start; step > 0 ? place < stop : place > stop; place += step) {
            places.add((int) place);
        }
        return places;
    }

    private static int end(Json end, int size, int otherwise, int least, int most) {
        return end.integer().map(place -> Math.clamp(place < 0 ? (long) place + size : place, least, most))
                .orElse(otherwise);
    }
}
