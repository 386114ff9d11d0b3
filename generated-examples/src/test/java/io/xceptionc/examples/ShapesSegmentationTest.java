package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.ClassMap;
import io.xceptionc.runtime.CompiledModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trained network finds figures where they were drawn, in pictures of several sizes. */
class ShapesSegmentationTest {

    private static final Path PICTURES = Zoo.FOLDER.resolve("shapes-segmentation-pictures");
    private static final Path DRAWN = Path.of("src/test/resources/shapes-segmentation-classes");

    @TempDir
    private static Path folder;
    private static CompiledModel model;

    @BeforeAll
    static void compile() throws IOException, InvalidInputException {
        Path jar = folder.resolve("segmentation.jar");
        Compiler.compile(CompilerOptions.of(Zoo.spec("shapes-segmentation"))
                .withWeights(Zoo.weights("shapes-segmentation")), jar, _ -> {
                });
        model = CompiledModel.open(jar);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @CsvSource({"scene-1.png, 120, 160", "scene-2.png, 96, 96", "scene-3.png, 160, 120", "scene-4.png, 144, 144"})
    void findsWhatWasDrawn(String file, int height, int width) throws IOException {
        BufferedImage drawn = ImageIO.read(DRAWN.resolve(file).toFile());
        ClassMap map = model.segment(ImageIO.read(PICTURES.resolve(file).toFile()));
        assertEquals(List.of(height, width), List.of(map.height(), map.width()));
        int right = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                right += map.classAt(row, column) == drawn.getRaster().getSample(column, row, 0) ? 1 : 0;
            }
        }
        assertTrue(right >= 0.98 * height * width, right + " of " + height * width + " pixels are right");
    }
}
