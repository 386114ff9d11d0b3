package io.xceptionc.compiler.emit;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Java identifiers for the names of a spec: only ASCII letters and digits get through, and no two names get the same identifier.
 */
final class Names {

    private final Set<String> taken = new HashSet<>();

    /** With identifiers that are in use already. */
    Names(String... reserved) {
        taken.addAll(Set.of(reserved));
    }

    /** {@code block5_sepconv1} to {@code block5Sepconv1}. */
    String methodName(String name) {
        String camelCase = capitalised(name, false);
        return unique(SourceVersion.isName(camelCase, SourceVersion.latest())
                ? camelCase
                : "layer" + capitalised(name, true));
    }

    /** {@code block5_sepconv1} to {@code Block5Sepconv1}. */
    static String className(String name) {
        String capitalised = capitalised(name, true);
        return SourceVersion.isName(capitalised, SourceVersion.latest()) ? capitalised : "Model" + capitalised;
    }

    /** {@code block5Sepconv1} to {@code BLOCK5_SEPCONV1}. */
    static String constantName(String methodName) {
        return methodName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static String capitalised(String name, boolean first) {
        StringBuilder identifier = new StringBuilder();
        boolean upper = first;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            if (plain) {
                identifier
                        .append(upper ? Character.toUpperCase(c) : identifier.isEmpty() ? Character.toLowerCase(c) : c);
            }
            upper = !plain && (first || !identifier.isEmpty());
        }
        return identifier.toString();
    }

    private String unique(String identifier) {
        String candidate = identifier;
        for (int n = 2; !taken.add(candidate); n++) {
            candidate = identifier + "_" + n;
        }
        return candidate;
    }
}
