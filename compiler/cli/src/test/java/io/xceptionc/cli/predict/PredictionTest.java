package io.xceptionc.cli.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelSignature;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static final ModelSignature SIGNATURE =
            new ModelSignature("m", 1, List.of(1, 1, 1), List.of(4), List.of(), Optional.empty());

    private static Prediction of(float... values) {
        return new Prediction("x", Optional.of(List.of(values)), "", 0);
    }

    @Test
    void equalValuesKeepTheirOrderAndWhatIsNoNumberComesLast() {
        Answers answers = new Answers(SIGNATURE, 10);
        answers.add(of(Float.NaN, 1, -2, 1));
        List<Classification> top = answers.list().getFirst().classes();
        assertEquals(List.of(1, 3, 2, 0), top.stream().map(Classification::index).toList());
        assertEquals(List.of("1", "3", "2", "0"), top.stream().map(Classification::label).toList());
    }

    @Test
    void scoresAreNotCalledProbabilities() {
        assertEquals(List.of("probability", "score", "score", "score"),
                List.of(of(0.25f, 0.75f, 0, 0), of(0.5f, 0.75f, 0, 0), of(-0.5f, 1.5f, 0, 0), of(Float.NaN, 1, 0, 0))
                        .stream().map(prediction -> {
                            Answers answers = new Answers(SIGNATURE, 1);
                            answers.add(prediction);
                            return answers.valueName();
                        }).toList());
    }
}
