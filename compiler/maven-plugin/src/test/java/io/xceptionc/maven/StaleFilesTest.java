package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleFilesTest {

    @TempDir
    private Path folder;

    /** A state of files that are there, with what Maven makes of them. */
    private GenerationState state(String... models) throws IOException {
        Path java = folder.resolve("java");
        Path resources = folder.resolve("resources");
        List<Path> sources = Arrays.stream(models).map(model -> java.resolve(model + ".java")).toList();
        List<Path> weights = Arrays.stream(models).map(model -> resources.resolve(model + ".weights")).toList();
        for (String model : models) {
            for (String name : List.of("java/" + model + ".java", "resources/" + model + ".weights",
                    "classes/" + model + ".class", "classes/" + model + ".weights")) {
                Path file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, name);
            }
        }
        return new GenerationState("x", Set.of(), FileTree.of(folder, List.of()), FileTree.of(java, sources),
                FileTree.of(resources, weights));
    }

    private StaleFiles stale(String... living) {
        return new StaleFiles(folder.resolve("states"), Set.of(living), folder.resolve("classes"));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).filter(name -> !name.startsWith("states"))
                    .filter(name -> !name.isEmpty()).sorted().toList();
        }
    }

    @Test
    void whatIsNotGeneratedAnyMoreGoesWithItsClassesAndEmptyFolders() throws IOException {
        GenerationState before = state("a/Old", "a/b/Older", "Kept");
        GenerationState now = state("Kept");
        assertEquals(4, stale("own").remove(before, now).size());
        assertEquals(List.of("classes", "classes/Kept.class", "classes/Kept.weights", "java", "java/Kept.java",
                "resources", "resources/Kept.weights"), left());
        assertEquals(0, stale("own").remove(now, now).size());
    }

    @Test
    void whatAnotherExecutionGeneratesStays() throws IOException {
        state("Moved").write(folder.resolve("states/other.properties"));
        assertEquals(0, stale("own", "other.properties").remove(state("Moved", "Kept"), state("Kept")).size());
    }

    @Test
    void whatAnExecutionGeneratedThatIsGoneGoes() throws IOException {
        state("Gone", "Kept").write(folder.resolve("states/gone.properties"));
        assertEquals(Set.of(folder.resolve("java/Gone.java"), folder.resolve("resources/Gone.weights")),
                stale("own").remove(state(), state("Kept")));
        assertEquals(false, Files.exists(folder.resolve("states/gone.properties")));
        assertEquals(true, Files.exists(folder.resolve("java/Kept.java")));
    }
}
