package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Summary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The shapes that the walk-through's program prints for an image of 299x299, every one, in order. It prints them as
 * {@code [batch, channels, height, width]}.
 */
class WalkthroughListingTest {

    private final Summary summary;

    WalkthroughListingTest() throws InvalidInputException {
        summary = Compiler.summarise(Zoo.spec("xception-walkthrough"), Optional.empty());
    }

    @Test
    void hasThePrintedShapes() {
        assertEquals(List.of(
                "[1, 32, 150, 150]",
                "[1, 64, 150, 150]",
                "[1, 128, 75, 75]",
                "[1, 128, 75, 75]",
                "[1, 256, 38, 38]",
                "[1, 256, 38, 38]",
                "[1, 728, 19, 19]",
                "[1, 728, 19, 19]",
                "[1, 728, 19, 19]",
                "[1, 1024, 10, 10]",
                "[1, 2048, 10, 10]",
                "[1, 2048, 1, 1]",
                "[1, 2048]",
                "[1, 1000]"),
                List.of(
                        image("relu1"),
                        image("relu2"),
                        image("block_3x3.block.8"),
                        image("downsample_1"),
                        image("block_3x3_256.block.8"),
                        image("downsample_2"),
                        image("block_3x3_728.block.8"),
                        image("downsample_3"),
                        image("add_middle@9"),
                        image("add_4"),
                        image("block_3x3_exit_2.block.7"),
                        pooled("avgpool"),
                        vector("avgpool"),
                        vector("fc")));
    }

    private List<Integer> shape(String layer) {
        return summary.layers().stream().filter(candidate -> candidate.name().equals(layer)).findFirst().orElseThrow()
                .output();
    }

    private String image(String layer) {
        List<Integer> shape = shape(layer);
        return "[1, %d, %d, %d]".formatted(shape.get(2), shape.get(0), shape.get(1));
    }

    /** A vector as PyTorch's pooling yields it, before the program flattens it. */
    private String pooled(String layer) {
        assertEquals(1, shape(layer).size());
        return "[1, %d, 1, 1]".formatted(shape(layer).getFirst());
    }

    private String vector(String layer) {
        assertEquals(1, shape(layer).size());
        return "[1, %d]".formatted(shape(layer).getFirst());
    }
}
