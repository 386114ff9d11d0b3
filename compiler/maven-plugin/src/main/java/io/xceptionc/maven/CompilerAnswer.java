package io.xceptionc.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the compiler said of a request; taken line by line, in the form that its {@code BuildAnswer} describes. */
final class CompilerAnswer {

    /**
     * A problem of a spec or of its weights.
     *
     * @param error whether it ends the build
     * @param code its class
     * @param file the file it is in
     * @param line the line, from 1; 0 if the whole file is meant
     * @param column the column, from 1
     * @param message one sentence
     * @param help a way out; may be empty
     */
    record Problem(boolean error, String code, Path file, int line, int column, String message, String help) {

        /** {@code message [E204]; help}. */
        String text() {
            return message + " [" + code + "]" + (help.isEmpty() ? "" : "; " + help);
        }

        /** {@code /path/model.yaml:[line,column] message}, of which IDEs and CI make links. */
        @Override
        public String toString() {
            return file + ":" + (line == 0 ? "" : "[" + line + "," + column + "]") + " " + text();
        }
    }

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private final List<Path> inputs = new ArrayList<>();
    private final Map<Path, Boolean> sources = new LinkedHashMap<>();
    private final Map<Path, Boolean> resources = new LinkedHashMap<>();

    /**
     * Takes a line.
     *
     * @throws IllegalArgumentException if it is none of those that the compiler writes
     */
    void accept(String line) {
        List<String> fields = Arrays.stream(line.split("\t", -1)).map(CompilerAnswer::unescaped).toList();
        switch (fields.get(0) + "/" + fields.size()) {
            case "problem/8" -> problems.add(new Problem(fields.get(1).equals("error"), fields.get(2),
                    Path.of(fields.get(3)), Integer.parseInt(fields.get(4)), Integer.parseInt(fields.get(5)),
                    fields.get(6), fields.get(7)));
            case "failure/2" -> failures.add(fields.get(1));
            case "model/5" -> {
                models.add(fields.get(1));
                providers.add(fields.get(2));
            }
            case "input/2" -> inputs.add(Path.of(fields.get(1)));
            case "source/3" -> sources.put(Path.of(fields.get(1)), fields.get(2).equals("written"));
            case "resource/3" -> resources.put(Path.of(fields.get(1)), fields.get(2).equals("written"));
            default -> throw new IllegalArgumentException("not a line of the compiler: " + line);
        }
    }

    private static String unescaped(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                c = switch (field.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    default -> field.charAt(i);
                };
            }
            text.append(c);
        }
        return text.toString();
    }

    /** The problems of specs and weights. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What else went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many of the problems end the build. */
    long errorCount() {
        return problems.stream().filter(Problem::error).count() + failures.size();
    }

    /** The classes of the models that were generated. */
    List<String> models() {
        return List.copyOf(models);
    }

    /** The classes by which programs open those models. */
    List<String> providers() {
        return List.copyOf(providers);
    }

    /** The files that the models depend on. */
    List<Path> inputs() {
        return List.copyOf(inputs);
    }

    /** The generated sources, and whether each was written. */
    Map<Path, Boolean> sources() {
        return new LinkedHashMap<>(sources);
    }

    /** The generated resources, and whether each was written. */
    Map<Path, Boolean> resources() {
        return new LinkedHashMap<>(resources);
    }
}
