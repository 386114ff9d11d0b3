package io.xceptionc.compiler.format.npy;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file, a Python dictionary of just these keys in any order:
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}.
 */
final class NpyHeader {

    private static final Pattern ENTRY = Pattern.compile("\\s*['\"](\\w{1,20})['\"]\\s*:\\s*"
            + "(['\"][^'\"]{0,20}['\"]|True|False|\\([0-9,\\s]{0,200}\\))\\s*(,|$)");
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
    private static final Set<String> BOOLEANS = Set.of("True", "False");
    private static final int MOST_SIDES = 32;

    private final String text;

    NpyHeader(String text) {
        this.text = text;
    }

    /** The shape of an array of float32 in C order. */
    List<Integer> float32Shape() throws ArrayFileException {
        Map<String, String> entries = entries();
        String type = entries.get("descr").substring(1, entries.get("descr").length() - 1);
        if (!type.equals("<f4")) {
            throw new ArrayFileException("holds " + Quotation.of(type)
                    + " instead of little-endian float32; convert it: numpy.save(path, array.astype('<f4'))");
        }
        if (!entries.get("fortran_order").equals("False")) {
            throw new ArrayFileException("is in Fortran order; convert it: "
                    + "numpy.save(path, numpy.ascontiguousarray(array))");
        }
        return shape(entries.get("shape"));
    }

    private Map<String, String> entries() throws ArrayFileException {
        String content = text.strip();
        if (!content.startsWith("{") || !content.endsWith("}")) {
            throw damaged();
        }
        content = content.substring(1, content.length() - 1).strip();
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(content);
        while (entry.lookingAt()) {
            if (entries.put(entry.group(1), entry.group(2)) != null) {
                throw damaged();
            }
            entry.region(entry.end(), content.length());
        }
        if (entry.regionStart() != content.length() || !entries.keySet().equals(KEYS)
                || !isText(entries.get("descr")) || !BOOLEANS.contains(entries.get("fortran_order"))
                || !entries.get("shape").startsWith("(")) {
            throw damaged();
        }
        return entries;
    }

    private static boolean isText(String value) {
        return value.startsWith("'") || value.startsWith("\"");
    }

    private List<Integer> shape(String tuple) throws ArrayFileException {
        List<Integer> shape = new ArrayList<>();
        String sides = tuple.substring(1, tuple.length() - 1).strip();
        for (String side : sides.isEmpty() ? new String[0] : sides.split(",")) {
            if (!side.strip().matches("\\d{1,9}") || shape.size() == MOST_SIDES) {
                throw damaged();
            }
            shape.add(Integer.valueOf(side.strip()));
        }
        return List.copyOf(shape);
    }

    private ArrayFileException damaged() {
        return new ArrayFileException("is damaged: its header is no array's: " + Quotation.of(text.strip()));
    }
}
