package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of an image, numbers and classes answers by a column for each. */
class SeveralOutputsTest {

    private static final String SPEC = """
            model: colours
            input: {shape: [2, 4, 3], resize: nearest, scale: 1}
            layers:
              - relu: {name: colours}
              - global_avg_pool2d: {name: mean}
              - max_channels: {name: greatest}
              - softmax: {name: likeliest, input: mean}
            outputs:
              colours: {labels: [red, green, blue]}
              mean: mean
              greatest: greatest
              likeliest: {labels: [red, green, blue]}
            """;

    @TempDir
    private Path folder;
    private Path pictures;

    @BeforeEach
    void draw() throws IOException {
        pictures = Files.createDirectory(folder.resolve("pictures"));
        BufferedImage picture = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 4; x++) {
            picture.setRGB(x, 0, 0x00ff00);
            picture.setRGB(x, 1, x == 0 ? 0xff0000 : 0x0000ff);
        }
        for (String name : List.of("a.png", "b.png", "c.png")) {
            ImageIO.write(picture, "png", pictures.resolve(name).toFile());
        }
        Files.writeString(pictures.resolve("text.png"), "no picture");
        Files.createFile(pictures.resolve("empty.png"));
    }

    private String run(int exitCode, String spec) throws IOException, InvalidInputException {
        Path jar = folder.resolve("colours.jar");
        Compiler.compile(CompilerOptions.of(Files.writeString(folder.resolve("colours.yaml"), spec)).withSeed(1)
                .withBatch(2), jar, _ -> {
                });
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int actual = BatchClassifier.run(
                List.of(jar.toString(), pictures.toString(), folder.resolve("answers").toString()),
                SparkDistribution.quiet().set("spark.master", "local[1]"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(exitCode, actual, err.toString(StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachHasAColumn() throws IOException, InvalidInputException {
        run(0, SPEC);
        Map<String, Row> rows = AnswerRows.read(folder.resolve("answers"));
        assertEquals("struct<path:string,colours:array<struct<index:int,label:string,share:double>>,mean:array<float>,"
                + "greatest:float,likeliest:struct<label:string,probability:float>,error:string>",
                rows.get("a.png").schema().catalogString());
        for (String name : List.of("a.png", "b.png", "c.png")) {
            Row row = rows.get(name);
            assertEquals("[[1,green,0.5], [2,blue,0.375], [0,red,0.125]]", row.getList(1).toString());
            assertEquals(List.of(31.875f, 127.5f, 95.625f), row.getList(2));
            assertEquals("127.5 [green,1.0] null", row.get(3) + " " + row.get(4) + " " + row.get(5));
        }
        assertEquals("null null null null is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                texts(rows.get("text.png")));
        assertEquals("null null null null empty", texts(rows.get("empty.png")));
    }

    private static String texts(Row row) {
        return row.get(1) + " " + row.get(2) + " " + row.get(3) + " " + row.get(4) + " " + row.get(5);
    }

    @Test
    void anImageAloneHasTheSharesOfItsClasses() throws IOException, InvalidInputException {
        run(0, "model: one\ninput: {shape: [2, 4, 3], resize: nearest, scale: 1}\nlayers: [relu]\n");
        Row row = AnswerRows.read(folder.resolve("answers")).get("a.png");
        assertEquals("struct<path:string,output:array<struct<index:int,label:string,share:double>>,error:string>",
                row.schema().catalogString());
        assertEquals("[[1,1,0.5], [2,2,0.375], [0,0,0.125]]", row.getList(1).toString());
    }

    @Test
    void whatIsNotFiniteIsAnError() throws IOException, InvalidInputException {
        run(0, "model: big\ninput: {shape: [2, 4, 3], resize: nearest, scale: 1}\nlayers: [exponential]\n");
        Row row = AnswerRows.read(folder.resolve("answers")).get("a.png");
        assertEquals("null the model gives Infinity as 'output'", row.get(1) + " " + row.get(2));
    }

    @Test
    void aColumnHasOneMeaning() throws IOException, InvalidInputException {
        assertEquals(
                "error: model 'colours' has an output 'Error', but there is a column of that name; give it another "
                        + "in the spec's outputs\n",
                run(1, SPEC.replace("  greatest: greatest", "  Error: greatest")));
        assertFalse(Files.exists(folder.resolve("answers")));
    }
}
