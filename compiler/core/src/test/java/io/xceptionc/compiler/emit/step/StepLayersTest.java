package io.xceptionc.compiler.emit.step;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.Comparison;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.runtime.StepValue;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** A step yields what the layer yields that it is said to, whatever was fused. */
class StepLayersTest {

    @Property(tries = 500)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aStepYieldsWhatItsLayerDoes(@ForAll("graphs") Graph graph) {
        Graph rewritten = Pipeline.STANDARD.run(graph).graph();
        GeneratedModel model = ModelEmitter.emit(Planner.plan(rewritten), "generated");
        float[] image = RandomGraphs.image(graph);
        Map<String, double[]> ofLayers = ReferenceInterpreter.valuesByName(graph, image);
        Map<String, double[]> ofSteps = ReferenceInterpreter.valuesByName(rewritten, image);
        Map<String, Node> nodes =
                rewritten.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        for (int i = 0; i < model.steps().size(); i++) {
            String step = model.nodes().get(i);
            StepValue value = model.values().get(i);
            Statistics.collect(value.isLayer());
            value.layer().ifPresent(layer -> Comparison.assertClose(nodes.get(step).type(), ofLayers.get(layer),
                    ofSteps.get(step)));
        }
        assertTrue(model.values().getLast().isLayer());
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 60)); // nine in ten are
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }
}
