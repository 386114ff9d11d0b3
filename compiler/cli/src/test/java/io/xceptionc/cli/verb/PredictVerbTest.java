package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.cli.predict.CmykJpeg;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictVerbTest {

    private static final double TOLERANCE = 1e-4;

    private static Path jar;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() throws Exception {
        jar = TinyModel.jar(1);
    }

    private Invocation predict(Object... words) {
        return Invocation.of(Stream.concat(Stream.of("predict", jar), Stream.of(words)).toArray()).without(folder);
    }

    /** Answers whose columns are one space apart. */
    private static Invocation narrow(Invocation invocation) {
        return new Invocation(invocation.status(), invocation.out().replaceAll(" +", " "), invocation.err());
    }

    private Path array(String name, List<Integer> shape, float[]... images) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream stream = Files.newOutputStream(file)) {
            NpyFile.writeHeader(shape, stream);
            for (float[] image : images) {
                NpyFile.writeElements(image, stream);
            }
        }
        return file;
    }

    private Path arrayOfThree() throws IOException {
        return array("three.npy", List.of(3, 8, 8, 3), TinyModel.image(1), TinyModel.image(2), TinyModel.image(3));
    }

    private Path picture(String name, BufferedImage picture) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private float[] output(Path file, Integer... shape) throws ArrayFileException, IOException {
        try (NpyFile array = NpyFile.open(file)) {
            assertEquals(List.of(shape), array.shape());
            float[] values = new float[Stream.of(shape).reduce(1, Math::multiplyExact)];
            array.read(0, MemorySegment.ofArray(values));
            return values;
        }
    }

    /** The raw output for one input. */
    private float[] answer(Path input) throws ArrayFileException, IOException {
        Path output = folder.resolve("answer.npy");
        Invocation predicted = predict(input, "--output", output);
        assertEquals(new Invocation(0, "answer.npy: written, float32 [1, 3]\n", ""), predicted);
        return output(output, 1, 3);
    }

    private static void assertComputes(float[] image, float[] actual, int row) {
        double[] expected = TinyModel.expected(image);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[row * expected.length + i], TOLERANCE);
        }
    }

    @Test
    void computesWhatTheInterpreterComputes() throws Exception {
        Path output = folder.resolve("out.npy");
        predict(arrayOfThree(), array("one.npy", List.of(8, 8, 3), TinyModel.image(4)), "--output", output);
        float[] values = output(output, 4, 3);
        for (int row = 0; row < 4; row++) {
            assertComputes(TinyModel.image(row + 1), values, row);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anyNumberOfThreadsComputesTheSame(int threads) throws Exception {
        float[] expected = answer(array("one.npy", List.of(8, 8, 3), TinyModel.image(1)));
        Path output = folder.resolve("out.npy");
        predict(folder.resolve("one.npy"), "--output", output, "--threads", threads);
        assertArrayEquals(expected, output(output, 1, 3));
    }

    @Test
    void batchesAreFilledUp() throws Exception {
        Path input = arrayOfThree();
        Path output = folder.resolve("out.npy");
        predict(input, "--output", output);
        float[] expected = output(output, 3, 3);
        Invocation.of("predict", TinyModel.jar(2), input, "--output", output);
        assertArrayEquals(expected, output(output, 3, 3));
    }

    @Test
    void table() throws IOException {
        assertEquals(new Invocation(0, """
                input rank label probability time
                three.npy[0] 1 a "big", dog 0.3857 # ms
                 2 cat 0.3233
                three.npy[1] 1 a "big", dog 0.3868 # ms
                 2 cat 0.3190
                three.npy[2] 1 a "big", dog 0.3862 # ms
                 2 cat 0.3172
                """, ""), narrow(predict(arrayOfThree(), "--top", "2")));
    }

    @Test
    void csv() throws IOException {
        Path input = array("a, \"b\".npy", List.of(8, 8, 3), TinyModel.image(1));
        Invocation predicted = predict(input, "--format", "csv");
        assertEquals("""
                input,rank,label,probability,milliseconds
                "a, ""b"".npy",1,"a ""big"", dog",N,N
                "a, ""b"".npy",2,cat,N,N
                "a, ""b"".npy",3,bird,N,N
                """, predicted.out().replaceAll("[0-9]+\\.[0-9]+", "N"));
    }

    @Test
    void json() throws IOException {
        Path input = array("one.npy", List.of(8, 8, 3), TinyModel.image(1));
        Invocation predicted = predict(input, folder.resolve("none.png"), "--format", "json", "--top", "1");
        assertAll(() -> assertEquals(1, predicted.status()),
                () -> assertEquals("xceptionc: none.png: does not exist\n", predicted.err()),
                () -> assertEquals("""
                        {
                          "model": "tiny",
                          "predictions": [ {
                            "input": "one.npy",
                            "milliseconds": N,
                            "classes": [ {
                              "rank": 1,
                              "index": 1,
                              "label": "a \\"big\\", dog",
                              "probability": N
                            } ]
                          }, {
                            "input": "none.png",
                            "error": "does not exist"
                          } ]
                        }
                        """, predicted.out().replaceAll("[0-9]+\\.[0-9]+", "N")));
    }

    @Test
    void readsPicturesOfEveryKindAlike() throws Exception {
        BufferedImage indexed = new BufferedImage(11, 10, BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage plain = new BufferedImage(11, 10, BufferedImage.TYPE_INT_RGB);
        BufferedImage deep = ImageTypeSpecifier.createInterleaved(ColorSpace.getInstance(ColorSpace.CS_sRGB),
                new int[] {0, 1, 2}, DataBuffer.TYPE_USHORT, false, false).createBufferedImage(11, 10);
        Random random = new Random(1);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 11; x++) {
                indexed.getRaster().setSample(x, y, 0, random.nextInt(200));
                int colour = indexed.getRGB(x, y);
                plain.setRGB(x, y, colour);
                for (int band = 0; band < 3; band++) {
                    deep.getRaster().setSample(x, y, band, ((colour >> (16 - 8 * band)) & 0xff) * 257);
                }
            }
        }
        float[] expected = answer(picture("plain.png", plain));
        assertArrayEquals(expected, answer(picture("indexed.png", indexed)));
        assertArrayEquals(expected, answer(picture("deep.png", deep)));
    }

    @Test
    void readsCmykPictures() throws Exception {
        Path file = Files.write(folder.resolve("cmyk.jpg"), CmykJpeg.of(8, 8, new int[] {200, 30, 0, 10}));
        assertEquals(0, predict(file).status());
    }

    @Test
    void classifiesFoldersAndGoesOnAfterABadPicture() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        picture("pictures/b.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
        Files.writeString(pictures.resolve("a.png"), "no picture");
        Files.writeString(pictures.resolve("labels.csv"), "ignored");
        assertEquals(new Invocation(1, """
                input rank label probability time
                pictures/b.png 1 a "big", dog 0.3767 # ms
                """, "xceptionc: pictures/a.png: is no picture of a known format, "
                + "such as JPEG, PNG, GIF, BMP, TIFF or WebP\n"), narrow(predict(pictures, "--top", "1")));
    }

    @Test
    void tellsWhatIsWrongWithEachInput() throws IOException {
        Path wrong = array("wrong.npy", List.of(8, 3, 8), TinyModel.image(1));
        Path none = array("empty.npy", List.of(0, 8, 8, 3));
        Files.createDirectory(folder.resolve("void"));
        Path damaged = Files.writeString(folder.resolve("damaged.npy"), "no array");
        assertEquals(new Invocation(1, "", """
                xceptionc: wrong.npy: has the shape [8, 3, 8]; model 'tiny' takes [8, 8, 3], or [n, ...] of them
                xceptionc: empty.npy: has the shape [0, 8, 8, 3], which is no image at all
                xceptionc: void: holds no picture; folders in it are not searched
                xceptionc: damaged.npy: is no .npy file
                xceptionc: none.npy: does not exist
                """), predict(wrong, none, folder.resolve("void"), damaged, folder.resolve("none.npy")));
    }

    @Test
    void inAnArrayABadInputIsNotANumber() throws Exception {
        Path output = folder.resolve("out.npy");
        Invocation predicted = predict(folder.resolve("none.png"), arrayOfThree(), "--output", output);
        float[] values = output(output, 4, 3);
        assertAll(() -> assertEquals(1, predicted.status()), () -> assertEquals(Float.NaN, values[0]),
                () -> assertEquals(Float.NaN, values[2]), () -> assertComputes(TinyModel.image(1), values, 1));
    }

    /** Whose classes would be in no order; in JSON and CSV, NaN would be no number either. */
    @Test
    void whatIsNotFiniteIsNoAnswer() throws Exception {
        float[] holed = TinyModel.image(1);
        holed[(2 * 8 + 3) * 3 + 1] = Float.NaN;
        holed[100] = Float.NEGATIVE_INFINITY;
        float[] large = new float[8 * 8 * 3];
        Arrays.fill(large, 3e38f);
        large[0] = -3e38f;
        Path input = array("odd.npy", List.of(3, 8, 8, 3), holed, large, TinyModel.image(1));
        String problems =
                """
                        xceptionc: odd.npy[0]: holds NaN at [2, 3, 1], the first of 2 values that are not finite, which no model can make sense of; replace it before it gets there
                        xceptionc: odd.npy[1]: the model yields NaN at [0], the first of 3 values that are not finite, for values from -3.0E38 to 3.0E38; see whether the network was trained on such, and whether 'xceptionc verify' agrees
                        """;
        assertEquals(new Invocation(1, """
                input rank label probability time
                odd.npy[2] 1 a "big", dog 0.3857 # ms
                """, problems), narrow(predict(input, "--top", "1")));
        Path output = folder.resolve("out.npy");
        assertEquals(new Invocation(1, "out.npy: written, float32 [3, 3]\n", problems),
                predict(input, "--output", output));
        assertComputes(TinyModel.image(1), output(output, 3, 3), 2);
        String json = predict(input, "--format", "json").out();
        assertTrue(json.contains("\"error\": \"holds NaN at [2, 3, 1]"), json);
        assertFalse(json.contains(": NaN") || json.contains("\"NaN\""), json);
        assertEquals(4, predict(input, "--format", "csv").out().lines().count());
        Path alone = array("alone.npy", List.of(8, 8, 3), large);
        predict(alone, "--output", output);
        assertTrue(Float.isNaN(output(output, 1, 3)[0]));
    }

    @Test
    void nothingIsWrittenIfThereIsNothingToWrite() throws IOException {
        Invocation predicted = predict(folder.resolve("none.png"), "--output", folder.resolve("out.npy"));
        assertEquals(new Invocation(1, "", "xceptionc: none.png: does not exist\n"), predicted);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void inputsAreNotReplaced() throws IOException {
        Path input = arrayOfThree();
        assertEquals(new Invocation(1, "",
                "xceptionc: three.npy is to be read, so it is not replaced; choose another name\n"),
                predict(input, "--output", input));
    }

    @Test
    void answersAndArrayTogether() throws IOException {
        Invocation predicted = predict(arrayOfThree(), "--output", folder.resolve("out.npy"), "--top", "1");
        assertEquals(5, predicted.out().lines().count());
    }

    @Test
    void otherJarsAreNoModels() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jar"), "no jar");
        assertAll(
                () -> assertEquals(new Invocation(1, "",
                        "xceptionc: x.jar is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar\n"),
                        Invocation.of("predict", file, "a.png").without(folder)),
                () -> assertEquals(new Invocation(1, "", "xceptionc: jars is a folder, not a model jar\n"),
                        Invocation.of("predict", Files.createDirectory(folder.resolve("jars")), "a.png")
                                .without(folder)),
                () -> assertEquals(new Invocation(1, "", "xceptionc: none.jar: no such file\n"),
                        Invocation.of("predict", folder.resolve("none.jar"), "a.png").without(folder)));
        assertFalse(Files.exists(folder.resolve("none.jar")));
    }

    @Test
    void labelsMayComeFromAFile() throws IOException {
        Path input = array("one.npy", List.of(8, 8, 3), TinyModel.image(1));
        Path labels = Files.writeString(folder.resolve("names.txt"), "lion\n\n  wolf \neagle\n");
        String out = predict(input, "--labels", labels, "--format", "csv").out();
        assertEquals(List.of("eagle", "lion", "wolf"),
                out.lines().skip(1).map(line -> line.replaceFirst("^[^,]*,[^,]*,([^,]*),.*", "$1")).sorted().toList());
        Files.writeString(labels, "lion\nwolf\n");
        assertEquals(new Invocation(1, "", """
                names.txt: error[E105]: has 2 labels, but the network yields 3 numbers
                       give one label for each number, in its order
                1 error
                """), predict(input, "--labels", labels));
    }
}
