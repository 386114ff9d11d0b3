package io.xceptionc.maven;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an execution of the plugin left: by it the next one knows whether there is anything to do, and which files are
 * stale.
 *
 * @param configuration the digest of all that was asked for; empty if that was not done to its end
 * @param providers the classes by which programs open the models, if they are to be listed
 * @param inputs the files that all depends on
 * @param sources the generated sources
 * @param resources the generated resources
 */
record GenerationState(
        String configuration,
        Set<String> providers,
        FileTree inputs,
        FileTree sources,
        FileTree resources) {

    GenerationState {
        providers = Collections.unmodifiableSet(new TreeSet<>(providers));
    }

    /** The state of an execution that left nothing yet. */
    static GenerationState nothing(GenerationFolders folders) {
        return new GenerationState("", Set.of(), new FileTree(folders.specs(), Map.of()),
                new FileTree(folders.sources(), Map.of()), new FileTree(folders.resources(), Map.of()));
    }

    /** The same as that of an execution that was not done to its end, with what was there before it. */
    GenerationState unfinished(GenerationState before) {
        Set<String> both = new TreeSet<>(providers);
        both.addAll(before.providers);
        return new GenerationState("", both, inputs, sources.with(before.sources), resources.with(before.resources));
    }

    /** The state in a file; empty if there is none, or it is damaged. */
    static Optional<GenerationState> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return Optional.of(new GenerationState(properties.getProperty("configuration", ""),
                    providers(properties), FileTree.load(properties, "inputs"), FileTree.load(properties, "sources"),
                    FileTree.load(properties, "resources")));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Set<String> providers(Properties properties) {
        return Stream.of(properties.getProperty("providers", "").split(",")).filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Writes the state so that the same state is the same bytes. */
    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("configuration", configuration);
        properties.setProperty("providers", String.join(",", providers));
        inputs.store(properties, "inputs");
        sources.store(properties, "sources");
        resources.store(properties, "resources");
        LastingFile.write(file, text(properties));
    }

    /** Properties in a fixed order, without the date that Java puts before them. */
    static String text(Properties properties) {
        StringWriter writer = new StringWriter();
        try {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new IllegalStateException("a string can be written", e);
        }
        return writer.toString().lines().filter(line -> !line.startsWith("#")).sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Whether the same was asked for then, and all inputs and outputs are as they were. */
    boolean isUpToDate(String now) throws IOException {
        return configuration.equals(now) && inputs.isUnchanged() && sources.isUnchanged() && resources.isUnchanged();
    }

    /** All generated files. */
    Set<Path> outputs() {
        Set<Path> outputs = new HashSet<>(sources.files());
        outputs.addAll(resources.files());
        return outputs;
    }
}
