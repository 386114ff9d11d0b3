package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong, it is told in a line, or in the row of its file. */
class ProblemsTest {

    private static final int WIDTH_OFFSET = 16;
    private static final int HEIGHT_OFFSET = 20;

    @TempDir
    private static Path models;
    private static Path jar;

    @TempDir
    private Path folder;
    private Path pictures;
    private Path output;

    @BeforeAll
    static void compile() throws IOException, InvalidInputException {
        jar = Files.move(ShapesModel.compile(models), models.resolve("shapes, 64 x 64.jar"));
    }

    @BeforeEach
    void makeFolders() throws IOException {
        pictures = Files.createDirectory(folder.resolve("pictures"));
        output = folder.resolve("answers");
    }

    @Test
    void filesThatAreNoPicturesHaveAnError() throws IOException {
        byte[] picture = Files.readAllBytes(ShapesModel.PICTURES.resolve("ring-1.png"));
        Files.write(Files.createDirectory(pictures.resolve("more")).resolve("ring.png"), picture);
        Files.writeString(pictures.resolve("text.png"), "no picture");
        Files.createFile(pictures.resolve("empty.png"));
        Files.write(pictures.resolve("huge.png"), sized(picture, 20_000, 20_000));
        Files.write(pictures.resolve("wide.png"), sized(picture, 70_000, 1));
        try (RandomAccessFile longFile = new RandomAccessFile(pictures.resolve("long.png").toFile(), "rw")) {
            longFile.setLength(PictureBytes.MOST_BYTES + 1);
        }
        assertEquals("", problem(0, SparkDistribution.quiet().set("spark.master", "local[2]"), jar, pictures, output));
        Map<String, String> expected = Map.of("ring.png", "ring", "text.png",
                "is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                "empty.png", "empty", "huge.png",
                "has 400,000,000 pixels; at most 100,000,000 are read; make it smaller", "wide.png",
                "has 70,000 x 1 pixels; at most 65,535 to a side are read", "long.png", "longer than 67108864 bytes");
        Map<String, String> actual = new TreeMap<>();
        AnswerRows.read(output).forEach((file, row) -> actual.put(file, labelOrError(row)));
        assertEquals(new TreeMap<>(expected), actual);
    }

    private static byte[] sized(byte[] picture, int width, int height) {
        return ByteBuffer.wrap(picture.clone()).putInt(WIDTH_OFFSET, width).putInt(HEIGHT_OFFSET, height).array();
    }

    private static String labelOrError(Row row) {
        return row.isNullAt(row.fieldIndex("label")) ? row.getAs("error") : row.getAs("label");
    }

    @Test
    void aCallNeedsThreeArguments() {
        String usage = "usage: BatchClassifier MODEL.jar INPUT_DIR OUTPUT_DIR\n";
        assertEquals(usage, problem(2, SparkDistribution.quiet()));
        assertEquals(usage, problem(2, SparkDistribution.quiet(), jar, pictures));
    }

    @Test
    void theModelMustBeOne() throws IOException {
        Path missing = folder.resolve("missing.jar");
        assertEquals("error: model " + missing + " is no file; make one by xceptionc compile\n",
                problem(1, SparkDistribution.quiet(), missing, pictures, output));
        Path text = Files.writeString(folder.resolve("text.jar"), "no model");
        String problem = problem(1, SparkDistribution.quiet(), text, pictures, output);
        assertTrue(problem.startsWith("error: " + text + " is no jar file") && problem.lines().count() == 1, problem);
    }

    @Test
    void foldersMustBeUsable() throws IOException {
        SparkConf settings = SparkDistribution.quiet().set("spark.master", "local[1]");
        assertEquals("error: there is no file in input " + pictures + "\n",
                problem(1, settings, jar, pictures, output));
        assertEquals("error: input " + jar + " is no folder; name one with pictures in it\n",
                problem(1, settings, jar, jar, output));
        Files.writeString(pictures.resolve("text.png"), "no picture");
        Path kept = Files.writeString(Files.createDirectory(output).resolve("kept"), "as it was");
        assertEquals("error: output " + output + " exists; name a folder that does not, or remove it\n",
                problem(1, settings, jar, pictures, output));
        assertEquals("as it was", Files.readString(kept));
    }

    /** Spark itself refuses to read the picture, as it would if a file system failed. */
    @Test
    void ofAJobThatFailsNothingIsLeft() throws IOException {
        Files.copy(ShapesModel.PICTURES.resolve("ring-1.png"), pictures.resolve("ring.png"));
        SparkConf settings = SparkDistribution.quiet().set("spark.master", "local[1]")
                .set("spark.sql.sources.binaryFile.maxLength", "10");
        String problem = problem(1, settings, jar, pictures, output);
        assertTrue(problem.startsWith("error: ") && problem.contains("ring.png") && problem.lines().count() == 1,
                problem);
        assertFalse(Files.exists(output));
    }

    private static String problem(int exitCode, SparkConf settings, Path... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int actual = BatchClassifier.run(List.of(arguments).stream().map(Path::toString).toList(), settings,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String problem = err.toString(StandardCharsets.UTF_8);
        assertEquals(exitCode, actual, problem);
        return problem;
    }
}
