package io.xceptionc.cli.inspect;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.jar.ModelJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The generated Java in a model jar, which is read but not run. */
public final class GeneratedSources {

    private static final String INDENTATION = "    ";
    private static final String JAVADOC = INDENTATION + "/**";
    private static final String END = INDENTATION + "}";
    /** The sentence by which the emitter names the layers of a step. */
    private static final Pattern LAYERS = Pattern.compile(" {5}\\* <p>Computes (.+) \\(line \\d+ of the spec\\)\\.");

    private final Map<String, List<String>> linesByPath;

    private GeneratedSources(Map<String, List<String>> linesByPath) {
        this.linesByPath = linesByPath;
    }

    /**
     * Reads the sources in a jar.
     *
     * @throws InputException if it is no model jar
     */
    public static GeneratedSources of(Path jar) throws InputException, IOException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        JarTexts.read(jar, name -> name.startsWith(ModelJar.SOURCES) && name.endsWith(".java")).forEach(
                (name, text) -> lines.put(name.substring(ModelJar.SOURCES.length()), text.lines().toList()));
        if (lines.isEmpty()) {
            throw new InputException(jar + " is no model jar: it holds no generated source");
        }
        return new GeneratedSources(lines);
    }

    /** All files, each after a comment with its path. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        linesByPath.forEach((path, content) -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("// " + path);
            lines.addAll(content);
        });
        return lines;
    }

    /** The layers that steps compute. */
    public List<String> layers() {
        return linesByPath.values().stream().flatMap(List::stream).flatMap(line -> layers(line).stream()).toList();
    }

    /** The method that computes a layer, with its Javadoc. */
    public Optional<List<String>> step(String layer) {
        for (List<String> lines : linesByPath.values()) {
            for (int i = 0; i < lines.size(); i++) {
                if (layers(lines.get(i)).contains(layer)) {
                    return Optional.of(around(lines, i));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> layers(String line) {
        Matcher sentence = LAYERS.matcher(line);
        return sentence.matches() ? List.of(sentence.group(1).split(", ")) : List.of();
    }

    private static List<String> around(List<String> lines, int line) {
        int start = line;
        while (start > 0 && !lines.get(start).equals(JAVADOC)) {
            start--;
        }
        int end = line;
        while (end < lines.size() - 1 && !lines.get(end).equals(END)) {
            end++;
        }
        return lines.subList(start, end + 1).stream().map(text -> text.replaceFirst("^" + INDENTATION, "")).toList();
    }
}
