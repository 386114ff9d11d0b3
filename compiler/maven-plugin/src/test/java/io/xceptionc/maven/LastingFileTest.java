package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastingFileTest {

    @TempDir
    private Path folder;

    private List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void isMadeWithItsFolderAndReplacedWhole() throws IOException {
        Path file = folder.resolve("a/b/state");
        LastingFile.write(file, "long text");
        Files.writeString(file.resolveSibling(".state.tmp"), "half of what a killed build wrote");
        LastingFile.write(file, "Kürzer");
        assertEquals("Kürzer", Files.readString(file));
        assertEquals(List.of("state"), names(file.getParent()));
    }

    @Test
    void whatAKilledBuildLeftIsRemoved() throws IOException {
        Path file = Files.writeString(folder.resolve("list"), "old");
        Files.writeString(folder.resolve(".list.tmp"), "half");
        LastingFile.removeDraft(file);
        LastingFile.removeDraft(file);
        assertEquals(List.of("list"), names(folder));
        assertEquals("old", Files.readString(file));
    }

    @Test
    void aFolderInItsPlaceIsNotReplaced() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("list/full")).getParent();
        assertThrows(IOException.class, () -> LastingFile.write(inTheWay, "text"));
        assertEquals(List.of("full"), names(inTheWay));
        assertEquals(List.of("list"), names(folder));
    }
}
