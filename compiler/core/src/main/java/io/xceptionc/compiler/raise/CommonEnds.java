package io.xceptionc.compiler.raise;

import java.util.List;

/** Finds what names begin and end with alike, up to their joints. */
final class CommonEnds {

    private CommonEnds() {}

    /** The length of the common beginning, which ends behind a dot or slash. */
    static int prefix(List<String> names) {
        String first = names.getFirst();
        int length = 0;
        for (int i = 0; i < shortest(names) - 1 && areAlike(names, i, 0); i++) {
            length = first.charAt(i) == '.' || first.charAt(i) == '/' ? i + 1 : length;
        }
        return length;
    }

    /**
     * The length of the common end, which begins with a dot, slash or underscore, behind a common beginning and more.
     */
    static int suffix(List<String> names, int start) {
        String first = names.getFirst();
        int length = 0;
        for (int i = 1; i < shortest(names) - start && areAlike(names, first.length() - i, first.length()); i++) {
            length = isJoint(first.charAt(first.length() - i)) ? i : length;
        }
        return length;
    }

    /**
     * Whether all names have the same character at an index, counted from the end if the first one's length is given.
     */
    private static boolean areAlike(List<String> names, int index, int end) {
        char character = names.getFirst().charAt(index);
        return names.stream().allMatch(name -> {
            int own = end == 0 ? index : name.length() - (end - index);
            return own >= 0 && own < name.length() && name.charAt(own) == character;
        });
    }

    private static int shortest(List<String> names) {
        return names.stream().mapToInt(String::length).min().orElseThrow();
    }

    private static boolean isJoint(char character) {
        return character == '.' || character == '/' || character == '_';
    }
}
