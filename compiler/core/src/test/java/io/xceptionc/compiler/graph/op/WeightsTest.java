package io.xceptionc.compiler.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.testing.RandomGraphs;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Operators with other weights. */
class WeightsTest {

    @Property(tries = 50)
    void weightsAreReplacedOneByOne(@ForAll("partlyFusedGraphs") Graph graph) {
        for (Node node : graph.nodes()) {
            Function<Tensor, Tensor> renamed =
                    tensor -> Tensor.lazy(tensor.name() + "'", tensor.shape(), tensor::values);
            List<Tensor> next = node.op().tensors().stream().map(renamed).toList();
            Op replaced = node.op().withTensors(next);
            assertEquals(next, replaced.tensors());
            assertEquals(node.op(), replaced.withTensors(node.op().tensors()));
        }
    }

    @Provide
    Arbitrary<Graph> partlyFusedGraphs() {
        return RandomGraphs.partlyFusedGraphs();
    }
}
