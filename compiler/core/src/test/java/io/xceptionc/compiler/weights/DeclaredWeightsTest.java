package io.xceptionc.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredWeightsTest {

    @Test
    void tensorsHaveNamesAndShapesButNoValues() {
        DeclaredWeights weights = new DeclaredWeights(NamingConvention.PYTORCH, new Diagnostics());
        SourceSpan span = SourceSpan.ofFile("net.yaml");
        Tensor tensor = weights.tensor("fc", TensorRole.DENSE_KERNEL, List.of(2048, 1000), span);
        assertEquals("fc.weight[2048, 1000]", tensor.toString());
        assertSame(tensor, weights.tensor("fc", TensorRole.DENSE_KERNEL, List.of(2048, 1000), span));
        assertThrows(IllegalStateException.class, tensor::values);
    }
}
