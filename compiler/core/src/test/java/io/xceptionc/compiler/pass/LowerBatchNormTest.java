package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class LowerBatchNormTest {

    private final Sketch sketch = new Sketch(1);

    @Test
    void makesEveryNormAffine() {
        Node plain = sketch.add(sketch.batchNorm(3, 1e-3, false, false), sketch.input(2, 2, 3));
        Node norm = sketch.add(sketch.batchNorm(3, 1e-5, true, true), plain);
        assertRewrites(new LowerBatchNorm(), sketch.build(norm), """
                input: input -> [2, 2, 3]
                batch_norm: batch_norm(epsilon 0.001) input -> [2, 2, 3]
                batch_norm_2: batch_norm(epsilon 1.0E-5, scale, center) batch_norm -> [2, 2, 3]
                output: output batch_norm_2 -> [2, 2, 3]
                """, """
                input: input -> [2, 2, 3]
                batch_norm: affine input -> [2, 2, 3]
                batch_norm_2: affine batch_norm -> [2, 2, 3]
                output: output batch_norm_2 -> [2, 2, 3]
                """);
    }

    @Test
    void sharesWhatWasShared() {
        BatchNorm norm = sketch.batchNorm(3, 1e-3, true, true);
        Node twice = sketch.add("second", norm, sketch.add("first", norm, sketch.input(2, 2, 3)));
        Graph lowered = new LowerBatchNorm().apply(sketch.build(twice)).orElseThrow();
        assertEquals(lowered.nodes().get(1).op().tensors(), lowered.nodes().get(2).op().tensors());
    }
}
