package io.xceptionc.compiler.emit.step;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Java identifiers for the names of a spec: only ASCII letters and digits get through, and no two names get the same
 * identifier.
 */
public final class Names {

    /** Packages whose classes generated code calls by their simple names. */
    private static final List<String> USED_PACKAGES = List.of("java.lang.", "io.xceptionc.runtime.kernel.");

    private final Set<String> takenConstants = new HashSet<>();

    /** With methods that are there already. */
    public Names(String... reserved) {
        Stream.of(reserved).map(Names::constantName).forEach(takenConstants::add);
    }

    /** {@code block5_sepconv1} to {@code block5Sepconv1}; never two that {@link #constantName} makes one of. */
    public String methodName(String name) {
        String camelCase = capitalised(name, false);
        return unique(isIdentifier(camelCase) ? camelCase : "layer" + capitalised(name, true));
    }

    /** {@code block5_sepconv1} to {@code Block5Sepconv1}. */
    public static String className(String name) {
        String capitalised = capitalised(name, true);
        return isIdentifier(capitalised) && USED_PACKAGES.stream().noneMatch(used -> exists(used + capitalised))
                ? capitalised
                : "Model" + capitalised;
    }

    /** {@code block5Sepconv1} to {@code BLOCK5_SEPCONV1}. */
    static String constantName(String methodName) {
        return methodName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * The package of a model of which nobody said where its code goes: {@code my-model} to {@code
     * xceptionc.model.my_model}.
     */
    public static String packageName(String model) {
        String words = model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return "xceptionc.model." + (isIdentifier(words) ? words : "model_" + words);
    }

    /**
     * A name as a comment may hold it: what no layer's name has becomes a question mark, so that nothing ends the
     * comment.
     */
    public static String inComment(String name) {
        return name.replaceAll("[^A-Za-z0-9_./:@-]", "?");
    }

    private static boolean isIdentifier(String name) {
        return SourceVersion.isName(name, SourceVersion.latest());
    }

    private static boolean exists(String className) {
        try {
            Class.forName(className, false, Names.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
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
        for (int n = 2; !takenConstants.add(constantName(candidate)); n++) {
            candidate = identifier + "_" + n;
        }
        return candidate;
    }
}
