package io.xceptionc.compiler.testing;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A part of the reference that is held against the code: what stands under a heading, up to the next. */
public final class ReferencePart {

    private static final Path REFERENCE = Path.of("src/main/resources/io/xceptionc/compiler/spec/reference.md");

    private ReferencePart() {}

    /** Fails if anything else stands there; see {@link Golden}. */
    public static void assertMatches(String heading, String actual) throws IOException {
        String reference = Files.readString(REFERENCE);
        int start = reference.indexOf("\n" + heading + "\n\n");
        assertTrue(start >= 0, () -> "no section " + heading);
        int end = reference.indexOf("\n#", start + heading.length());
        Golden.assertMatches(REFERENCE, reference.substring(0, start) + "\n" + heading + "\n\n" + actual
                + reference.substring(end));
    }

    /** A table of all names, with what is said of some; what is said of others is a mistake. */
    public static String table(String name, Set<String> names, Map<String, String> limits) {
        Set<String> unknown = new TreeSet<>(limits.keySet());
        unknown.removeAll(names);
        assertEquals(Set.of(), unknown, "limits of what is not there");
        return "| " + name + " | limits |\n|---|---|\n" + new TreeSet<>(limits.keySet()).stream()
                .map(each -> "| `" + each + "` | " + limits.get(each) + " |\n").collect(joining())
                + "\nFurther: "
                + new TreeSet<>(names).stream().filter(each -> !limits.containsKey(each))
                        .map(each -> "`" + each + "`").collect(joining(", "))
                + ".\n";
    }
}
