package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand pictures on a cluster of two executors, one picture damaged. */
class BatchClassifierTest {

    private static final String DAMAGED = "damaged.png";

    @TempDir
    private static Path folder;
    private static Path jar;
    private static Path pictures;
    private static BatchReport report;
    private static Map<String, Row> rows;

    @BeforeAll
    static void classify() throws IOException, InvalidInputException, JobException {
        jar = ShapesModel.compile(folder);
        pictures = Files.createDirectory(folder.resolve("pictures [1]"));
        for (Path file : files(ShapesModel.PICTURES, ".png")) {
            Files.copy(file, pictures.resolve("example-" + file.getFileName()));
        }
        DrawnPictures.draw(pictures, 959, 1);
        byte[] whole = Files.readAllBytes(ShapesModel.PICTURES.resolve("star-1.png"));
        Files.write(pictures.resolve(DAMAGED), Arrays.copyOf(whole, whole.length / 2));
        Path output = folder.resolve("answers");
        report = BatchClassifier.classify(List.of(jar.toString(), pictures.toString(), output.toString()),
                LocalCluster.settings(2));
        rows = AnswerRows.read(output);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void givesEachFileARow() {
        assertEquals(1000, rows.size());
        assertEquals(1000, report.files());
        assertEquals(1, report.bad());
        assertEquals(List.of(DataTypes.StringType, DataTypes.StringType, DataTypes.FloatType, DataTypes.StringType),
                Stream.of(rows.get(DAMAGED).schema().fields()).map(field -> field.dataType()).toList());
    }

    @Test
    void opensOneModelInEachExecutor() {
        assertEquals(List.of("0", "1"), report.openedBy().stream().sorted().toList());
    }

    @Test
    void answersAsTheModelDoesHere() throws IOException {
        try (CompiledModel model = CompiledModel.open(jar)) {
            for (Path file : files(pictures, ".png")) {
                String name = file.getFileName().toString();
                if (!name.equals(DAMAGED)) {
                    Classification expected = model.classify(ImageIO.read(file.toFile()), 1).getFirst();
                    assertEquals(List.of(expected.label(), expected.score()),
                            List.of(rows.get(name).getAs("label"), rows.get(name).getAs("probability")), name);
                    assertTrue(rows.get(name).isNullAt(rows.get(name).fieldIndex("error")), name);
                }
            }
        }
    }

    @Test
    void isRightAboutTheExamples() throws IOException {
        List<String> lines = Files.readAllLines(ShapesModel.PICTURES.resolve("labels.csv"));
        List<String[]> examples = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
        assertEquals(40, examples.size());
        long right = examples.stream()
                .filter(example -> example[1].equals(rows.get("example-" + example[0]).getAs("label"))).count();
        assertTrue(right >= 38, right + " are right");
    }

    @Test
    void saysWhatIsWrongWithTheDamagedPicture() {
        Row row = rows.get(DAMAGED);
        assertTrue(row.isNullAt(row.fieldIndex("label")) && row.isNullAt(row.fieldIndex("probability")));
        String error = row.getAs("error");
        assertTrue(error.startsWith("damaged: "), error);
    }
}
