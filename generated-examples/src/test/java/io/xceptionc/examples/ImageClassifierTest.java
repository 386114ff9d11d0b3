package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program names what pictures show. */
class ImageClassifierTest {

    private static final Path PICTURES = Zoo.FOLDER.resolve("xception-shapes-pictures");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();

    @Test
    void namesWhatPicturesShow() {
        List<Map<String, String>> rows = CsvFile.rows(PICTURES.resolve("labels.csv"));
        List<String> files = rows.stream().map(row -> PICTURES.resolve(row.get("file")).toString()).toList();
        assertEquals(0, run(files));
        List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(40, lines.size());
        int right = 0;
        for (int i = 0; i < lines.size(); i++) {
            String answer = lines.get(i).replaceFirst(" [01]\\.\\d{3}$", "");
            right += answer.equals(files.get(i) + ": " + rows.get(i).get("label")) ? 1 : 0;
        }
        assertTrue(right >= 38, right + " are right");
        assertEquals("", problems.toString(StandardCharsets.UTF_8));
    }

    @Test
    void tellsOfFilesThatAreNoPicturesAndGoesOn(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Path cut = folder.resolve("cut.png");
        byte[] whole = Files.readAllBytes(PICTURES.resolve("disc-1.png"));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        List<String> files = Stream.of(folder.resolve("none.png"), text, cut, PICTURES.resolve("disc-1.png"))
                .map(Path::toString).toList();
        assertEquals(1, run(files));
        List<String> lines = problems.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size(), lines::toString);
        assertEquals(files.get(0) + ": does not exist", lines.get(0));
        assertEquals(files.get(1) + ": is no picture of a known format, such as JPEG, PNG, GIF, BMP, TIFF or WebP",
                lines.get(1));
        assertTrue(lines.get(2).startsWith(files.get(2) + ": "), lines.get(2));
        assertTrue(output.toString(StandardCharsets.UTF_8).startsWith(files.get(3) + ": disc "));
    }

    @Test
    void saysHowItIsCalled() {
        assertEquals(2, run(List.of()));
        assertEquals("usage: ImageClassifier PICTURE...", problems.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void saysWhatTheJvmLacks() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), ImageClassifier.class.getName(), "any.png").start();
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals("""
                this JVM was started without the Vector API, which the model's kernels need: start it with
                    java --add-modules jdk.incubator.vector ...
                """, text);
    }

    private int run(List<String> files) {
        return ImageClassifier.run(files, new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(problems, true, StandardCharsets.UTF_8));
    }
}
