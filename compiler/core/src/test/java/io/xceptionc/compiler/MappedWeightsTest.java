package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.testing.JarEntries;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Storage;
import io.xceptionc.runtime.kernel.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Weights are used where they lie, if they can be; and from wherever a class loader finds them, if they are copied. */
class MappedWeightsTest {

    private static final OpenOptions COPIED = OpenOptions.DEFAULT.withThreads(1);
    private static final OpenOptions MAPPED = COPIED.withMappedWeights();
    private static final String CLASS_NAME = "xceptionc.model.small.Small";
    private static final String WEIGHTS = "xceptionc/model/small/Small.weights";
    private static final String WAY_OUT = "; open the model without mapped weights";

    @TempDir
    private static Path folder;

    private static CompilerOptions options;
    private static Path jar;
    private static float[] image;
    private static float[] expected;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("small.yaml"), """
                model: small
                input: {shape: [12, 12, 3]}
                layers:
                  - conv2d: {filters: 40, kernel: 3, stride: 2, activation: relu}
                  - separable_conv2d: {filters: 70, kernel: 3, padding: same}
                  - global_avg_pool2d
                  - dense: {units: 5}
                """);
        options = CompilerOptions.of(spec).withSeed(3);
        jar = compile("a jar.jar", options);
        image = new float[12 * 12 * 3];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i % 17 - 8) / 8f;
        }
        expected = answer(COPIED, jar);
    }

    private static Path compile(String name, CompilerOptions asked) throws Exception {
        Path file = folder.resolve(name);
        Compiler.compile(asked, file, _ -> {
        });
        return file;
    }

    private static float[] answer(OpenOptions how, Path file) {
        try (CompiledModel model = CompiledModel.open(file, how)) {
            return model.run(image);
        }
    }

    private static float[] answer(OpenOptions how, ClassLoader loader) throws ClassNotFoundException {
        Class<? extends Network> generated = loader.loadClass(CLASS_NAME).asSubclass(Network.class);
        try (CompiledModel model = CompiledModel.open(generated, how)) {
            return model.run(image);
        }
    }

    private static String refusal(Path file) {
        return assertThrows(ModelException.class, () -> CompiledModel.open(file, MAPPED).close()).getMessage();
    }

    @Test
    void theAnswerIsTheSame() {
        assertArrayEquals(expected, answer(MAPPED, jar));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theJarIsMappedAsLongAsTheModelIsOpen() throws IOException {
        try (CompiledModel _ = CompiledModel.open(jar, COPIED)) {
            assertFalse(isMapped(jar));
        }
        try (CompiledModel _ = CompiledModel.open(jar, MAPPED)) {
            assertTrue(isMapped(jar));
        }
        assertFalse(isMapped(jar));
    }

    private static boolean isMapped(Path file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(file.toString());
    }

    @Test
    void aJarMayBeReplacedByAnother() throws Exception {
        Path replaced = Files.copy(jar, folder.resolve("replaced.jar"));
        Path other = compile("other.jar", options.withSeed(4));
        try (CompiledModel model = CompiledModel.open(replaced, MAPPED)) {
            Files.move(other, replaced, StandardCopyOption.REPLACE_EXISTING);
            assertArrayEquals(expected, model.run(image));
        }
        assertFalse(Arrays.equals(expected, answer(MAPPED, replaced)));
    }

    @Test
    void aJarOnTheClassPathIsMappedToo() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            assertArrayEquals(expected, answer(MAPPED, loader));
        }
    }

    @Test
    void soIsAFileBesideItsClass() throws Exception {
        Path classes = folder.resolve("the classes");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = classes.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            assertArrayEquals(expected, answer(COPIED, loader));
            assertArrayEquals(expected, answer(MAPPED, loader));
            Files.write(classes.resolve(WEIGHTS), new byte[100]);
            String message = assertThrows(ModelException.class, () -> answer(MAPPED, loader)).getMessage();
            assertTrue(message.contains("have 100 bytes, not "), message);
        }
    }

    @Test
    void aDeflatedJarIsCopied() throws IOException {
        Path deflated = JarEntries.of(jar).writeTo(folder.resolve("deflated.jar"));
        assertArrayEquals(expected, answer(COPIED, deflated));
        assertEquals("the weights of " + CLASS_NAME + " cannot be mapped: " + deflated + ": they are deflated there"
                + WAY_OUT, refusal(deflated));
    }

    @Test
    void aJarInAJarIsCopied() throws Exception {
        ClassLoader nested = new NestedJar(Files.readAllBytes(jar));
        assertArrayEquals(expected, answer(COPIED, nested));
        assertEquals("the weights of " + CLASS_NAME
                + " cannot be mapped: they lie in no file and no jar that is known: null" + WAY_OUT,
                assertThrows(ModelException.class, () -> answer(MAPPED, nested)).getMessage());
    }

    /** Gives classes and streams of a jar that is in memory, as loaders of jars in jars do. */
    private static final class NestedJar extends ClassLoader {

        private final JarEntries entries;

        NestedJar(byte[] content) throws IOException {
            super(CompiledModel.class.getClassLoader());
            entries = JarEntries.of(Files.write(folder.resolve("outer.bin"), content));
        }

        @Override
        protected Class<?> findClass(String name) {
            byte[] code = entries.bytes(name.replace('.', '/') + ".class");
            return defineClass(name, code, 0, code.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return new ByteArrayInputStream(entries.bytes(name));
        }
    }

    @Test
    void halvesAreCopied() throws Exception {
        Path halves = compile("halves.jar", options.withStorage(Storage.F16));
        assertEquals("the weights of " + CLASS_NAME + " cannot be mapped: they are stored as F16, and kernels take"
                + " float32" + WAY_OUT, refusal(halves));
    }

    @Test
    void whatIsNotAlignedIsCopied() throws IOException {
        Path shifted = folder.resolve("shifted.jar");
        try (ZipFile zip = new ZipFile(jar.toFile());
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(shifted))) {
            copy.putNextEntry(new ZipEntry("first"));
            for (ZipEntry entry : zip.stream().toList()) {
                copy.putNextEntry(new ZipEntry(entry));
                zip.getInputStream(entry).transferTo(copy);
                copy.closeEntry();
            }
        }
        assertArrayEquals(expected, answer(COPIED, shifted));
        String message = refusal(shifted);
        assertTrue(message.matches(".*shifted.jar: they begin at byte \\d+, which is no multiple of 64" + WAY_OUT),
                message);
    }

    @Test
    void damagedWeightsAreNoticed() throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 4] ^= 1; // the weights are the larger part, and come first
        Path damaged = Files.write(folder.resolve("damaged.jar"), bytes);
        String message = refusal(damaged);
        assertTrue(message.startsWith("the weights of " + CLASS_NAME + " are damaged: their SHA-256 is "), message);
    }
}
