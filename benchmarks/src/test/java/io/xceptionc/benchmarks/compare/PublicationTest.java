package io.xceptionc.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    @TempDir
    private Path root;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(root.resolve("benchmarks"));
    }

    @Test
    void writesReportAndChart() throws IOException {
        Path readme = root.resolve("README.md");
        Files.writeString(readme, "# Title\n\n" + ReadmeBlock.BEGIN + "\n" + ReadmeBlock.END + "\n\n## More\n");
        Publication publication = new Publication(root);
        publication.requirePlace();
        publication.write("old\n", "<svg/>\n");
        publication.write("report\n", "<svg/>\n");
        assertEquals("""
                # Title

                <!-- benchmarks: written by benchmarks/compare --readme -->
                ![Time and memory beside those of ONNX Runtime and PyTorch](benchmarks/comparison.svg)

                report
                <!-- /benchmarks -->

                ## More
                """, Files.readString(readme));
        assertEquals("<svg/>\n", Files.readString(root.resolve("benchmarks/comparison.svg")));
    }

    @Test
    void writesNothingWhereThereIsNoPlace() throws IOException {
        Path readme = root.resolve("README.md");
        Files.writeString(readme, "# Title\n");
        Publication publication = new Publication(root);
        String problem = readme + ": there must be one line '" + ReadmeBlock.BEGIN + "'";
        assertEquals(problem, assertThrows(IOException.class, publication::requirePlace).getMessage());
        assertEquals(problem,
                assertThrows(IOException.class, () -> publication.write("report", "<svg/>")).getMessage());
        assertEquals("# Title\n", Files.readString(readme));
        assertFalse(Files.exists(root.resolve("benchmarks/comparison.svg")));
    }

    @Test
    void theProjectsReadmeHasAPlace() throws IOException {
        new Publication(Path.of("..")).requirePlace();
    }
}
