package io.xceptionc.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes what an execution generated once and does not generate any more, with what Maven made of it.
 *
 * @param states the folder of all executions' states
 * @param living the names of the states of executions that the project has now
 * @param classes where the project's classes and resources go
 */
record StaleFiles(Path states, Set<String> living, Path classes) {

    StaleFiles {
        living = Set.copyOf(living);
    }

    /**
     * Removes an execution's files from before, those of executions that are gone too, but none that there must be now.
     *
     * @return the removed files
     */
    Set<Path> remove(GenerationState before, GenerationState now) throws IOException {
        Set<Path> wanted = new HashSet<>(now.outputs());
        Set<GenerationState> stale = new HashSet<>(Set.of(before));
        if (Files.isDirectory(states)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(states, "*.properties")) {
                for (Path file : files) {
                    GenerationState state = GenerationState.read(file).orElse(before);
                    if (!living.contains(file.getFileName().toString())) {
                        stale.add(state);
                        Files.delete(file);
                    } else if (!state.equals(before)) {
                        wanted.addAll(state.outputs());
                    }
                }
            }
        }
        Set<Path> removed = new TreeSet<>();
        for (GenerationState state : stale) {
            remove(state, wanted, removed);
        }
        return removed;
    }

    private void remove(GenerationState state, Set<Path> wanted, Set<Path> removed) throws IOException {
        for (Path source : state.sources().digests().keySet()) {
            Path file = state.sources().root().resolve(source);
            if (!wanted.contains(file) && removed.add(file)) {
                FileTree.remove(state.sources().root(), source);
                FileTree.remove(classes, Path.of(source.toString().replaceFirst("\\.java$", ".class")));
            }
        }
        for (Path resource : state.resources().digests().keySet()) {
            Path file = state.resources().root().resolve(resource);
            if (!wanted.contains(file) && removed.add(file)) {
                FileTree.remove(state.resources().root(), resource);
                FileTree.remove(classes, resource);
            }
        }
    }
}
