package io.xceptionc.examples;

import io.xceptionc.compiler.reference.ReferenceInterpreter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the interpreter answers to the goldens' inputs, with the weights of seed 1; each is asked once for all tests. */
final class InterpretedAnswers {

    private static final Map<Golden, double[]> KNOWN = new HashMap<>();

    private InterpretedAnswers() {}

    /** The whole output. */
    static synchronized double[] to(Golden golden) throws IOException {
        double[] answer = KNOWN.get(golden);
        if (answer == null) {
            answer = ReferenceInterpreter.output(Zoo.network(golden.spec(), Optional.of(golden.size())).graph(),
                    golden.input());
            KNOWN.put(golden, answer);
        }
        return answer.clone();
    }
}
