package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageOptionTest {

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
    }

    @Test
    void tellsWhatItCostsAndVerifiesWithinThat() {
        Path jar = folder.resolve("tiny.jar");
        Invocation compiled = Invocation.of("compile", spec, "--seed", 7, "--storage", "bf16", "-o", jar);
        assertEquals(0, compiled.status(), compiled.err());
        List<String> lines = compiled.out().lines().toList();
        assertTrue(lines.get(8).matches("  storage  bf16, [0-9.]+ KiB in the jar; weights differ by [0-9.]+e-0[1-5] at"
                + " most, [0-9.]+e-0[34] of their kernel's greatest"), lines.get(8));
        assertTrue(lines.get(9).matches(" {11}the answer to the self-test's image differs by [0-9.]+e-0[3-6],"
                + " [0-9.]+e-0[3-5] of its greatest element"), lines.get(9));
        Invocation strict = Invocation.of("verify", jar, "--seed", 7);
        assertEquals(1, strict.status());
        assertTrue(strict.err()
                .endsWith("Its weights are stored as bf16, which may explain it: raise --tolerance, as to 1e-2\n"),
                strict.err());
        assertEquals(0, Invocation.of("verify", jar, "--seed", 7, "--tolerance", "2e-2").status());
    }

    @Test
    void otherStoragesAreRefused() {
        assertEquals(new Invocation(2, "",
                "xceptionc: compile: --storage is f32 or f16 or bf16, not 'int8'\nsee 'xceptionc help compile'\n"),
                Invocation.of("compile", spec, "--storage", "int8", "-o", folder.resolve("x.jar")));
    }
}
