package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.image.ImageTensor;
import io.xceptionc.runtime.image.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained network tells figures apart, as it does in PyTorch. */
class TrainedShapesTest {

    private static final Path PICTURES = Zoo.FOLDER.resolve("xception-shapes-pictures");

    @TempDir
    private static Path folder;
    private static CompiledModel model;

    @BeforeAll
    static void compile() throws IOException, InvalidInputException {
        CompilerOptions options = CompilerOptions.of(Zoo.spec("xception-shapes"))
                .withWeights(Zoo.weights("xception-shapes"));
        Path jar = folder.resolve("shapes.jar");
        Compiler.compile(options, jar, _ -> {
        });
        model = CompiledModel.open(jar);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void answersTheTestSetAsPyTorch() throws IOException {
        ShapesTestSet set = ShapesTestSet.read();
        assertEquals(500, set.count());
        int right = 0;
        for (int picture = 0; picture < set.count(); picture++) {
            float[] actual = model.run(set.input(picture));
            float[] expected = set.probabilities(picture);
            for (int label = 0; label < expected.length; label++) {
                assertEquals(expected[label], actual[label], 1e-4f, "picture " + picture + ", label " + label);
            }
            assertEquals(likeliest(expected), likeliest(actual), "picture " + picture);
            right += likeliest(actual) == set.label(picture) ? 1 : 0;
        }
        assertTrue(right >= 0.97 * set.count(), right + " are right");
    }

    @Test
    void classifiesPictureFiles() throws IOException {
        Preprocessing preprocessing = model.signature().preprocessing().orElseThrow();
        List<Map<String, String>> pictures = CsvFile.rows(PICTURES.resolve("labels.csv"));
        assertEquals(40, pictures.size());
        int right = 0;
        for (Map<String, String> row : pictures) {
            BufferedImage picture = ImageIO.read(PICTURES.resolve(row.get("file")).toFile());
            float[] probabilities = model.run(ImageTensor.toArray(picture, preprocessing));
            right += model.signature().label(likeliest(probabilities)).equals(row.get("label")) ? 1 : 0;
        }
        assertTrue(right >= 38, right + " are right");
    }

    private static int likeliest(float[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            best = probabilities[label] > probabilities[best] ? label : best;
        }
        return best;
    }
}
