package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled models answer what PyTorch answers in float64. */
class GoldenTest {

    /** Room for another order of sums: float32 loses a few units of its seventh digit in so many layers. */
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#all")
    void answersAsPyTorch(Golden golden) throws IOException, InvalidInputException {
        float[] output = CompiledAnswers.to(golden);
        assertEquals(golden.outputCount(), output.length);
        double error = Closeness.error(golden.samples(), sampled(output, golden.sampleStep()));
        assertTrue(error <= TOLERANCE, () -> "an error of %.2g of the scale".formatted(error));
    }

    @Test
    void everySpecHasAGolden() {
        assertEquals(Zoo.names(), Golden.onePerSpec().map(Golden::spec).sorted().toList());
    }

    @Test
    void trainedWeightsHaveAGolden() {
        assertTrue(Golden.all().anyMatch(golden -> golden.trained() && golden.spec().equals("xception-shapes")));
    }

    private static float[] sampled(float[] values, int step) {
        float[] samples = new float[(values.length + step - 1) / step];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = values[i * step];
        }
        return samples;
    }
}
