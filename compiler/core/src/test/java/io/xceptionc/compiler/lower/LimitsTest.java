package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.testing.SpecText;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is too large is refused by name, with the limit; what is as large as that is not. */
class LimitsTest {

    private static SpecText of(String shape, String layers) {
        return SpecText.of("model: test\ninput: {shape: " + shape + "}\nlayers:\n" + layers);
    }

    private static String merge(String operator, int count) {
        String names = IntStream.range(0, count).mapToObj(_ -> "a").collect(Collectors.joining(", "));
        return "  - relu: {name: a}\n  - " + operator + ": {inputs: [" + names + "]}\n";
    }

    private static String branches(int count) {
        return "  - branches: {paths: [" + String.join(", ", Collections.nCopies(count, "[]")) + "]}\n";
    }

    @Test
    void aLayerReadsAThousandLayers() {
        assertEquals(2000, of("[2, 2, 2]", merge("concat", 1000)).valid().graph().output().type().channels());
        for (String operator : new String[] {"concat", "add"}) {
            assertEquals(
                    "E102: 'inputs' has 2000 items, more than 1000 (let layers read at most so many each, and another one"
                            + " read those)",
                    problem(of("[2, 2, 2]", merge(operator, 2000))));
        }
    }

    @Test
    void aThousandWaysLieSideBySide() {
        assertEquals(2000, of("[2, 2, 2]", branches(1000)).valid().graph().output().type().channels());
        assertEquals("E102: 'paths' has 1001 items, more than 1000 (put branches into branches)",
                problem(of("[2, 2, 2]", branches(1001))));
    }

    @Test
    void aConvolutionAddsUpAMillionInputs() {
        of("[1024, 1024, 1]", "  - conv2d: {filters: 1, kernel: 1024}\n").valid();
        assertEquals("E205: conv2d 'conv2d' multiplies 27000000 inputs for each number of its result, more than 1048576"
                + " (use a smaller kernel, or fewer channels before it)",
                problem(of("[300, 300, 300]", "  - conv2d: {filters: 1, kernel: 300}\n")));
        assertEquals(
                "E205: separable_conv2d 'separable_conv2d' multiplies 4194304 inputs for each number of its result,"
                        + " more than 1048576 (use a smaller kernel, or fewer channels before it)",
                problem(of("[1, 1, 4096]", "  - separable_conv2d: {filters: 1, kernel: 1, multiplier: 1024}\n")));
    }

    @Test
    void weightsOfADenseLayerArePackedInOnePiece() {
        of("[4096, 4095, 1]", "  - flatten\n  - dense: {units: 1}\n").valid();
        assertEquals(
                "E205: dense 'dense' has weights [16777216, 1], which take 2147483648 bytes as its kernel reads them,"
                        + " more than 2147483647 (put a pooling layer before it, or use fewer units)",
                problem(of("[4096, 4096, 1]", "  - flatten\n  - dense: {units: 1}\n")));
    }

    private static String problem(SpecText spec) {
        assertEquals(1, spec.diagnostics().size(), spec.report());
        var problem = spec.diagnostics().getFirst();
        return problem.code() + ": " + problem.message() + " (" + problem.help() + ")";
    }
}
