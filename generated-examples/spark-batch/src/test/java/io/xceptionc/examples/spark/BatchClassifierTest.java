package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A thousand pictures, one of them damaged, submitted to a cluster with two workers by the command of the README. */
@ExtendWith(ClusterOfTwo.class)
class BatchClassifierTest {

    private static final String DAMAGED = "damaged.png";

    @TempDir
    private static Path folder;
    private static Path jar;
    private static Path pictures;
    private static Path output;
    private static String printed;
    private static Map<String, Row> rows;

    @BeforeAll
    static void classify(StandaloneCluster cluster) throws IOException, InterruptedException, InvalidInputException {
        jar = ShapesModel.compile(folder);
        pictures = Files.createDirectory(folder.resolve("pictures [1]"));
        for (Path file : files(ShapesModel.PICTURES, ".png")) {
            Files.copy(file, pictures.resolve("example-" + file.getFileName()));
        }
        DrawnPictures.draw(pictures, 959, 1);
        byte[] whole = Files.readAllBytes(ShapesModel.PICTURES.resolve("star-1.png"));
        Files.write(pictures.resolve(DAMAGED), Arrays.copyOf(whole, whole.length / 2));
        output = folder.resolve("answers");
        printed = submit(cluster.url());
        rows = AnswerRows.read(output);
    }

    private static String submit(String url) throws IOException, InterruptedException {
        Path log = folder.resolve("driver.log");
        Process driver = new ProcessBuilder(SparkDistribution.command("org.apache.spark.deploy.SparkSubmit",
                "--master", url, "--conf", "spark.ui.enabled=false",
                // The first executor is not to do all of the work while the other starts.
                "--conf", "spark.cores.max=2", "--conf", "spark.scheduler.minRegisteredResourcesRatio=1.0",
                "--conf", "spark.executorEnv.JAVA_HOME=" + System.getProperty("java.home"),
                "--jars", SparkDistribution.runtimeJar().toString(), SparkDistribution.applicationJar().toString(),
                jar.toString(), pictures.toString(), output.toString())).redirectError(log.toFile()).start();
        String out = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, driver.waitFor(), () -> text(log));
        return out;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void givesEachFileARow() {
        assertEquals(1000, rows.size());
        assertEquals(List.of(DataTypes.StringType, DataTypes.StringType, DataTypes.FloatType, DataTypes.StringType),
                Stream.of(rows.get(DAMAGED).schema().fields()).map(field -> field.dataType()).toList());
    }

    @Test
    void saysWhatItHasDoneWithOneModelInEachExecutor() {
        assertEquals("files: 1000, no readable pictures among them: 1, executors that opened the model: 2\nanswers: "
                + output + "\n", printed);
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
        assertTrue(error.startsWith("is damaged: "), error);
    }
}
