package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFilesTest {

    @TempDir
    private Path base;
    private Path specs;
    private Path spec;

    @BeforeEach
    void makeFolders() throws IOException {
        specs = base.resolve("src");
        spec = specs.resolve("a/net.v2.yaml");
        Files.createDirectories(spec.getParent());
    }

    private Path file(String name) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private WeightsFiles files(Map<String, String> named, String folder) {
        return new WeightsFiles(base, named, Optional.ofNullable(folder).map(base::resolve));
    }

    @Test
    void namedOnesComeFirstThenThoseInTheFolderThenThoseBeside() throws Exception {
        assertEquals(Optional.empty(), files(Map.of(), null).of(spec, specs, false));
        Path beside = file("src/a/net.v2.safetensors");
        assertEquals(Optional.of(beside), files(Map.of(), null).of(spec, specs, false));
        Path inFolder = file("weights/a/net.v2.safetensors");
        assertEquals(Optional.of(inFolder), files(Map.of(), "weights").of(spec, specs, false));
        Path named = file("trained.h5");
        assertEquals(Optional.of(named), files(Map.of("net.v2", "trained.h5"), "weights").of(spec, specs, false));
    }

    @Test
    void aFolderWithoutTheWeightsIsRefusedUnlessThereIsASeed() throws Exception {
        file("src/a/net.v2.safetensors");
        assertEquals(Optional.empty(), files(Map.of(), "weights").of(spec, specs, true));
        MojoFailureException e = assertThrows(MojoFailureException.class,
                () -> files(Map.of(), "weights").of(spec, specs, false));
        assertEquals("the weights of " + spec + " are not there: " + base.resolve("weights/a/net.v2.safetensors")
                + "; put them there, name them in <weights><net.v2>, or set <seed> to draw them", e.getMessage());
    }

    @Test
    void weightsThatAreNamedMustBeThereAndForASpec() throws Exception {
        WeightsFiles files = files(Map.of("net.v2", "none"), null);
        assertEquals(
                "the weights of " + spec + " are not there: " + base.resolve("none") + "; correct <weights><net.v2>",
                assertThrows(MojoFailureException.class, () -> files.of(spec, specs, true)).getMessage());
        files.requireNamed(List.of(spec));
        assertEquals("there are <weights> for 'net.v2', but no spec of that name; specs are [other]",
                assertThrows(MojoFailureException.class, () -> files.requireNamed(List.of(specs.resolve("other.yaml"))))
                        .getMessage());
    }
}
