package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.CompilationReport;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.selftest.StorageLoss;
import io.xceptionc.compiler.testing.JarEntries;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.SelfTestReport;
import io.xceptionc.runtime.Storage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights stored as halves: a jar of half the size, which answers as the network with rounded weights. */
class StorageTest {

    private static final int INPUT = 12 * 12 * 3;

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws Exception {
        spec = Files.writeString(folder.resolve("small.yaml"), """
                model: small
                input: {shape: [12, 12, 3]}
                layers:
                  - conv2d: {name: stem, filters: 96, kernel: 3, stride: 2}
                  - conv2d: {name: grouped, filters: 64, kernel: 3, groups: 2, padding: same}
                  - residual: {body: [relu, {separable_conv2d: {filters: 64, kernel: 3, padding: same}}, batch_norm]}
                  - global_avg_pool2d
                  - dense: {name: predictions, units: 5, activation: softmax}
                """);
    }

    private CompilationReport compile(Storage storage, String name) throws Exception {
        return Compiler.compile(CompilerOptions.of(spec).withStorage(storage), folder.resolve(name), stage -> {
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void itIsHalfAsLargePassesItsSelfTestAndLosesLittle(Storage storage) throws Exception {
        CompilationReport whole = compile(Storage.F32, "f32.jar");
        CompilationReport half = compile(storage, "half.jar");
        assertEquals(whole.weightBytes(), half.weightBytes());
        assertEquals(whole.weightBytes(), whole.storedBytes());
        assertTrue(half.storedBytes() < 0.52 * whole.storedBytes(), half.toString());
        assertEquals(half.storedBytes(), JarEntries.of(half.jar()).bytes(".weights").length);
        StorageLoss loss = half.storageLoss().orElseThrow();
        double digits = storage == Storage.F16 ? 0x1p-11 : 0x1p-8;
        assertTrue(loss.weightRelative() > digits / 4 && loss.weightRelative() <= digits, loss.toString());
        assertTrue(loss.answerRelative() > 0 && loss.answerRelative() < 4 * digits, loss.toString());
        float[] image = SelfTest.image(1, INPUT);
        try (CompiledModel exact = CompiledModel.open(whole.jar());
                CompiledModel model = CompiledModel.open(half.jar())) {
            SelfTestReport report = model.selfTest();
            assertTrue(report.passed() && report.error() < 1e-5, report.toString());
            assertEquals(storage, model.storage());
            float[] expected = exact.run(image);
            float[] actual = model.run(image);
            double greatest = 0;
            for (int i = 0; i < expected.length; i++) {
                greatest = Math.max(greatest, Math.abs(expected[i] - actual[i]));
            }
            assertEquals(loss.answerAbsolute(), greatest, 1e-6);
        }
    }

    /**
     * Each stored half is the float32 weight rounded, by arithmetic on its bits; all that is no kernel is what it was.
     */
    @Test
    void kernelsAreRoundedAndBiasesAreNot() throws Exception {
        byte[] whole = JarEntries.of(compile(Storage.F32, "f32.jar").jar()).bytes(".weights");
        JarEntries entries = JarEntries.of(compile(Storage.BF16, "half.jar").jar());
        ByteBuffer floats = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer stored = ByteBuffer.wrap(entries.bytes(".weights")).order(ByteOrder.LITTLE_ENDIAN);
        String ranges = entries.text(".properties").lines().filter(line -> line.startsWith("storage.halves = "))
                .findFirst().orElseThrow().substring(17);
        for (String range : ranges.split(" ", -1)) {
            int start = Integer.parseInt(range.substring(0, range.indexOf(':')));
            int count = Integer.parseInt(range.substring(range.indexOf(':') + 1));
            while (floats.position() < start) {
                assertEquals(floats.getInt(), stored.getInt());
            }
            for (int i = 0; i < count; i++) {
                double exact = floats.getFloat();
                double half = Float.intBitsToFloat(stored.getShort() << 16);
                assertTrue(Math.abs(half - exact) <= Math.ulp((float) exact) * 0x1p15, exact + " became " + half);
            }
        }
        while (floats.hasRemaining()) {
            assertEquals(floats.getInt(), stored.getInt());
        }
        assertFalse(stored.hasRemaining());
    }

    @Test
    void whatF16CannotHoldIsRefusedAndBf16Takes() throws Exception {
        Files.writeString(spec,
                """
                        model: small
                        input: {shape: [12, 12, 3]}
                        layers: [{conv2d: {name: stem, filters: 1, kernel: 1, bias: false}}, {conv2d: {name: next, filters: 1, kernel: 1, bias: false}}]
                        """);
        Path weights = folder.resolve("w.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("stem/kernel", List.of(1, 1, 3, 1), new float[] {1, -65520, 2});
        writer.add("next/kernel", List.of(1, 1, 1, 1), new float[] {65504});
        try (FileChannel channel =
                FileChannel.open(weights, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            writer.writeTo(channel);
        }
        CompilerOptions options = CompilerOptions.of(spec).withWeights(weights);
        Path jar = folder.resolve("small.jar");
        InvalidInputException refused = assertThrows(InvalidInputException.class,
                () -> Compiler.compile(options.withStorage(Storage.F16), jar, stage -> {
                }));
        assertEquals(1, refused.diagnostics().size());
        assertEquals(DiagnosticCode.E309, refused.diagnostics().getFirst().code());
        assertEquals("a weight of 'stem' is 6.55e+04, which F16 cannot hold",
                refused.diagnostics().getFirst().message());
        assertEquals("use --storage bf16, which has the range of float32, or f32",
                refused.diagnostics().getFirst().help());
        assertFalse(Files.exists(jar));
        Compiler.compile(options.withStorage(Storage.BF16), jar, stage -> {
        });
        try (CompiledModel model = CompiledModel.open(jar)) {
            assertTrue(model.selfTest().passed());
        }
    }

    @Test
    void rangesOutOfBoundsAreRefused() throws Exception {
        Path jar = compile(Storage.F16, "half.jar").jar();
        for (String ranges : List.of("0:999999999", "-4:8", "0:0", "0", "64:16 0:16", "9223372036854775807:1")) {
            Path damaged = JarEntries.of(jar)
                    .change(".properties",
                            text -> text.replaceFirst("storage.halves = .*", "storage.halves = " + ranges))
                    .writeTo(folder.resolve("damaged.jar"));
            String message = assertThrows(ModelException.class, () -> CompiledModel.open(damaged).close()).getMessage();
            assertTrue(message.startsWith("the metadata of xceptionc.model.small.Small is damaged: "), message);
        }
    }

    @Test
    void jarsThatSayNothingOfStorageAreFloat32() throws Exception {
        Path jar = compile(Storage.F32, "f32.jar").jar();
        Path older = JarEntries.of(jar).change(".properties", text -> text.replace("storage = F32\n", ""))
                .writeTo(folder.resolve("older.jar"));
        try (CompiledModel model = CompiledModel.open(older); CompiledModel same = CompiledModel.open(jar)) {
            assertEquals(Storage.F32, model.storage());
            float[] image = SelfTest.image(2, INPUT);
            assertArrayEquals(same.run(image), model.run(image));
        }
    }
}
