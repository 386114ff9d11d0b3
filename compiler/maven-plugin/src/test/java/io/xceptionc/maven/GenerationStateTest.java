package io.xceptionc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationStateTest {

    @TempDir
    private Path folder;
    private Path file;
    private GenerationState state;

    @BeforeEach
    void writeFiles() throws IOException {
        file = folder.resolve("states/generate-a.properties");
        state = new GenerationState("asked", Set.of("a.BModel", "a.AModel"), tree("specs", "model.yaml"),
                tree("java", "a/B = C.java"),
                tree("resources", "a/ü.weights"));
    }

    private FileTree tree(String root, String name) throws IOException {
        Path inner = folder.resolve(root).resolve(name);
        Files.createDirectories(inner.getParent());
        return FileTree.of(folder.resolve(root), List.of(Files.writeString(inner, name)));
    }

    @Test
    void isReadAsItWasWrittenAndTheSameBytesEachTime() throws IOException {
        state.write(file);
        byte[] first = Files.readAllBytes(file);
        assertEquals(Optional.of(state), GenerationState.read(file));
        state.write(file);
        assertArrayEquals(first, Files.readAllBytes(file));
        assertEquals(Set.of(folder.resolve("java/a/B = C.java"), folder.resolve("resources/a/ü.weights")),
                state.outputs());
    }

    @Test
    void aDamagedStateIsNone() throws IOException {
        assertEquals(Optional.empty(), GenerationState.read(file));
        Files.createDirectories(file.getParent());
        for (byte[] damage : List.of(new byte[0], new byte[] {-1, -2}, "inputs=x\n".getBytes(UTF_8),
                "a=\\u12".getBytes(UTF_8))) {
            Files.write(file, damage);
            assertEquals(Optional.empty(), GenerationState.read(file));
        }
    }

    @Test
    void whatDidNotEndKeepsWhatWasThere() throws IOException {
        GenerationState now = new GenerationState("now", Set.of("a.CModel"), tree("specs", "model.yaml"),
                tree("java", "a/C.java"), tree("resources", "a/c.weights"));
        GenerationState both = now.unfinished(state);
        assertEquals("", both.configuration());
        assertEquals(Set.of("a.AModel", "a.BModel", "a.CModel"), both.providers());
        assertEquals(4, both.outputs().size());
        both.write(file);
        assertEquals(Optional.of(both), GenerationState.read(file));
    }

    @Test
    void isUpToDateUntilAnythingChanges() throws IOException {
        assertTrue(state.isUpToDate("asked"));
        assertFalse(state.isUpToDate("asked otherwise"));
        for (Path changed : List.of(folder.resolve("specs/model.yaml"), folder.resolve("java/a/B = C.java"),
                folder.resolve("resources/a/ü.weights"))) {
            String before = Files.readString(changed);
            Files.writeString(changed, "other");
            assertFalse(state.isUpToDate("asked"));
            Files.delete(changed);
            assertFalse(state.isUpToDate("asked"));
            Files.writeString(changed, before);
            assertTrue(state.isUpToDate("asked"));
        }
    }

    @Test
    void aFolderOfClassesHasADigestOfItsNamesAndContents() throws IOException {
        Path classes = folder.resolve("specs");
        String before = FileDigests.of(classes);
        Files.move(classes.resolve("model.yaml"), classes.resolve("other.yaml"));
        String renamed = FileDigests.of(classes);
        Files.writeString(classes.resolve("other.yaml"), "x");
        assertEquals(3, Set.of(before, renamed, FileDigests.of(classes)).size());
        assertEquals("", FileDigests.of(folder.resolve("none")));
    }
}
