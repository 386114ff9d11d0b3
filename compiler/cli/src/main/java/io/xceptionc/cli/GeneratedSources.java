package io.xceptionc.cli;

import io.xceptionc.compiler.diagnostic.RegularFile;
import io.xceptionc.compiler.jar.ModelJar;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The generated Java in a model jar, which is read but not run. */
final class GeneratedSources {

    private static final int MOST_BYTES = 1 << 26;
    private static final int MOST_FILES = 100;
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
    static GeneratedSources of(Path jar) throws InputException, IOException {
        Optional<String> problem = RegularFile.problem(jar);
        if (problem.isPresent()) {
            throw new InputException(jar + " " + problem.get() + (Files.isDirectory(jar) ? ", not a model jar" : ""));
        }
        if (!Files.isReadable(jar)) {
            throw new InputException(jar + " cannot be read; check its permissions");
        }
        Map<String, List<String>> lines = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            int bytesLeft = MOST_BYTES;
            for (ZipEntry entry : zip.stream().filter(GeneratedSources::isSource).limit(MOST_FILES).toList()) {
                byte[] bytes = bytes(zip, entry, bytesLeft);
                bytesLeft -= bytes.length;
                String text = new String(bytes, StandardCharsets.UTF_8);
                lines.put(entry.getName().substring(ModelJar.SOURCES.length()), text.lines().toList());
            }
        } catch (ZipException | EOFException e) {
            throw new InputException(jar + " is no readable jar file: " + e.getMessage()
                    + "; copy it again, or compile the model again");
        }
        if (lines.isEmpty()) {
            throw new InputException(jar + " is no model jar: it holds no generated source");
        }
        return new GeneratedSources(lines);
    }

    private static boolean isSource(ZipEntry entry) {
        return entry.getName().startsWith(ModelJar.SOURCES) && entry.getName().endsWith(".java");
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws InputException, IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(most);
            if (stream.read() >= 0) {
                throw new InputException("the source in this jar is too large to be generated");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (crc.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " is damaged");
            }
            return bytes;
        }
    }

    /** All files, each after a comment with its path. */
    List<String> lines() {
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
    List<String> layers() {
        return linesByPath.values().stream().flatMap(List::stream).flatMap(line -> layers(line).stream()).toList();
    }

    /** The method that computes a layer, with its Javadoc. */
    Optional<List<String>> step(String layer) {
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
