package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassificationTest {

    private static final ModelSignature PETS = new ModelSignature("pets", 1, List.of(8, 8, 3), List.of(4),
            List.of("cat", "dog", "bird", "fish"), Optional.empty());

    @Test
    void theGreatestScoresComeFirst() {
        assertEquals(List.of(new Classification(1, 2, "bird", 0.5f), new Classification(2, 0, "cat", 0.3f)),
                Classification.best(new float[] {0.3f, 0.1f, 0.5f, 0.1f}, 2, PETS));
    }

    @Test
    void equalScoresStayInOrderAndWhatIsNoNumberComesLast() {
        List<Classification> all = Classification.best(new float[] {Float.NaN, 1, -2, 1}, 9, PETS);
        assertEquals(List.of(1, 3, 2, 0), all.stream().map(Classification::index).toList());
        assertEquals(List.of(1, 2, 3, 4), all.stream().map(Classification::rank).toList());
    }

    @Test
    void aResultOfAnotherLengthIsRefused() {
        assertEquals("a result of 3 elements, not 4", assertThrows(IllegalArgumentException.class,
                () -> Classification.best(new float[3], 1, PETS)).getMessage());
    }
}
