package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files given in place of others are called what they are. */
class WrongFilesTest {

    @TempDir
    private Path folder;

    private Path spec;
    private Path picture;
    private Path weights;
    private Path jar;
    private Path directory;

    @AfterEach
    void letItBeRemoved() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @BeforeEach
    void makeFiles() throws Exception {
        spec = Files.writeString(folder.resolve("s.yaml"), TinyModel.SPEC);
        picture = folder.resolve("p.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        weights = folder.resolve("w.safetensors");
        TinyModel.weights().writeTo(weights);
        jar = Files.copy(TinyModel.jar(1), folder.resolve("m.jar"));
        directory = Files.createDirectory(folder.resolve("d"));
    }

    /** That the words are refused with such a message, and no file is made. */
    private void assertRefused(String message, Object... words) throws IOException {
        assertEquals(new Invocation(1, "", message), Invocation.of(words).without(folder));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("d", "m.jar", "p.png", "s.yaml", "w.safetensors"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void inPlaceOfASpec() throws IOException {
        String message = """
                %s: error[E401]: the file is %s
                       check the path
                1 error
                """;
        Path out = folder.resolve("out.jar");
        assertRefused(message.formatted("m.jar", "a zip archive or jar, not a text"), "compile", jar, "-o", out);
        assertRefused(message.formatted("p.png", "a PNG picture, not a text"), "check", picture);
        assertRefused(message.formatted("w.safetensors", "a safetensors file, not a text"), "summary", weights);
        assertRefused(message.formatted("d", "a folder"), "compile", directory, "-o", out);
    }

    @Test
    void inPlaceOfWeights() throws IOException {
        String message =
                """
                        %s: error[E303]: is %s, not a weights file
                               weights are read from safetensors files, from what Keras saves, from state dicts of PyTorch, from layers models of TensorFlow.js and from ONNX models; in Python, torch.save(model.state_dict(), path) or model.save_weights('model.weights.h5') writes them
                        1 error
                        """;
        Path out = folder.resolve("out.jar");
        assertRefused(message.formatted("p.png", "a PNG picture"), "compile", spec, "--weights", picture, "-o", out);
        assertRefused(message.formatted("s.yaml", "a text"), "compile", spec, "--weights", spec, "-o", out);
        assertRefused("""
                d: error[E401]: is a folder, not a weights file
                       check the path of the weights
                1 error
                """, "compile", spec, "--weights", directory, "-o", out);
    }

    @Test
    void inPlaceOfAModel() throws IOException {
        String makeOne = " is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar\n";
        assertRefused("xceptionc: s.yaml" + makeOne, "profile", spec);
        assertRefused("xceptionc: p.png" + makeOne, "predict", picture, picture);
        assertRefused("xceptionc: d is a folder, not a model jar\n", "predict", directory, picture);
        assertRefused("xceptionc: d is a folder, not a model jar\n", "dump", directory);
    }

    @Test
    void filesThatMayNotBeRead() throws Exception {
        for (Path file : List.of(spec, picture, weights, jar, directory)) {
            Files.setPosixFilePermissions(file, Set.of());
        }
        assumeFalse(Files.isReadable(jar), "the superuser may read everything");
        assertRefused("""
                s.yaml: error[E401]: the file cannot be read
                       check its permissions
                1 error
                """, "check", spec);
        assertRefused("xceptionc: m.jar cannot be read; check its permissions\n", "predict", jar, picture);
        assertRefused("xceptionc: m.jar cannot be read; check its permissions\n", "dump", jar);
        Path readable = TinyModel.jar(1);
        assertRefused("xceptionc: p.png: cannot be read; check its permissions\n", "predict", readable, picture);
        assertRefused("xceptionc: d: cannot be read; check its permissions\n", "predict", readable, directory);
    }

    /** Opening a pipe to which nobody writes would wait for ever. */
    @Test
    @Timeout(60)
    void pipesAndDevicesInPlaceOfAnyFile() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there are no pipes");
        Path array = pipe.resolveSibling("pipe.npy");
        Files.move(pipe, array);
        for (Path given : List.of(array, Path.of("/dev/zero"))) {
            String name = given.equals(array) ? "pipe.npy" : given.toString();
            String none = "is no regular file but a pipe, a device or the like; save ";
            String file = none + "it to a file first\n";
            String model = "xceptionc: " + name + " " + none + "the model jar to a file first\n";
            assertWrong("%s: error[E401]: the file %s       check the path\n1 error\n".formatted(name, file), "check",
                    given);
            assertWrong("%s: error[E401]: %s       check the path of the model\n1 error\n".formatted(name, file),
                    "import",
                    given, "-o", folder.resolve("out"));
            assertWrong("%s: error[E401]: %s       check the path of the weights\n1 error\n".formatted(name, file),
                    "weights", given);
            assertWrong(model, "predict", given, picture);
            assertWrong(model, "selftest", given);
            assertWrong("xceptionc: " + name + " " + file, "dump", given);
            assertWrong("xceptionc: " + name + ": " + file, "predict", jar, given);
            assertWrong("xceptionc: " + name + " " + file, "verify", jar, "--input", picture, "--reference", given);
            assertWrong("%s: error[E401]: the file %s       check the path\n1 error\n".formatted(name, file), "predict",
                    jar,
                    picture, "--labels", given);
        }
    }

    private void assertWrong(String message, Object... words) throws IOException {
        assertEquals(new Invocation(1, "", message), Invocation.of(words).without(folder));
    }

    @Test
    void aBatchThatNoArrayCanHold() throws IOException {
        assertRefused("""
                s.yaml: error[E205]: a batch of 1024 images [2000, 2000, 3] has more than 2147483647 elements
                       compile it for a smaller batch
                1 error
                """, "compile", spec, "--input", "2000x2000", "--batch", "1024", "-o", folder.resolve("out.jar"));
    }
}
