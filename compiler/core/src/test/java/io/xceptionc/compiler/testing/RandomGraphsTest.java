package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

class RandomGraphsTest {

    /** What passes look for, as a property of the last node of the pattern. */
    private static final Map<String, Predicate<Node>> PATTERNS = Map.ofEntries(
            Map.entry("batch norm after a convolution", follows(BatchNorm.class, Convolution.class)),
            Map.entry("batch norm before a convolution", follows(Convolution.class, BatchNorm.class)),
            Map.entry("batch norm after concat", follows(BatchNorm.class, Concat.class)),
            Map.entry("batch norm after add", follows(BatchNorm.class, Add.class)),
            Map.entry("batch norm after batch norm", follows(BatchNorm.class, BatchNorm.class)),
            Map.entry("activation after a convolution", follows(Activate.class, Convolution.class)),
            Map.entry("activation after batch norm", follows(Activate.class, BatchNorm.class)),
            Map.entry("activation after add", follows(Activate.class, Add.class)),
            Map.entry("relu before a separable convolution",
                    follows(SeparableConv2d.class, Activate.class).and(node -> isRelu(node.input()))),
            Map.entry("zero padding before a convolution", follows(Convolution.class, ZeroPad2d.class)),
            Map.entry("pointwise after depthwise", follows(Conv2d.class, DepthwiseConv2d.class)),
            Map.entry("add after a convolution", follows(Add.class, Convolution.class)),
            Map.entry("add after batch norm", follows(Add.class, BatchNorm.class)),
            Map.entry("add of a value to itself",
                    node -> node.op() instanceof Add && Set.copyOf(node.inputs()).size() < node.inputs().size()));

    private static final Map<String, Predicate<Node>> FUSED = Map.of(
            "rectified input", fused(op -> op.fusion().rectifiesInput()),
            "residual", fused(op -> op.fusion().residual()),
            "clamp", fused(op -> !op.fusion().activation().equals(Activation.IDENTITY)),
            "activation between the halves", fused(op -> op instanceof SeparableConv2d separable
                    && !separable.depthwise().fusion().activation().equals(Activation.IDENTITY)),
            "affine", node -> node.op() instanceof Affine,
            "repeated channels", node -> node.op() instanceof RepeatChannels count && count.count() > 1);

    @Property(tries = 500, seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void everyOperatorIsDrawnOften(@ForAll("partlyFusedGraphs") Graph graph) {
        Set<Class<?>> drawn = graph.nodes().stream().map(node -> node.op().getClass()).collect(Collectors.toSet());
        operators(Op.class).forEach(type -> requireOften(type.getSimpleName(), drawn.contains(type)));
    }

    @Property(tries = 500, seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void everyActivationIsDrawnOften(@ForAll("graphs") Graph graph) {
        Set<Activation.Kind> drawn = graph.nodes().stream().map(Node::op).filter(Activate.class::isInstance)
                .map(op -> ((Activate) op).activation().kind()).collect(Collectors.toSet());
        Stream.of(Activation.Kind.values()).filter(RandomGraphs::isDrawn)
                .forEach(kind -> requireOften(kind.keyword(), drawn.contains(kind)));
    }

    @Property(tries = 500, seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void whatPassesLookForIsDrawnOften(@ForAll("graphs") Graph graph) {
        PATTERNS.forEach((name, pattern) -> requireOften(name, graph.nodes().stream().anyMatch(pattern)));
    }

    @Property(tries = 500, seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void whatPassesMakeIsDrawnOften(@ForAll("partlyFusedGraphs") Graph graph) {
        FUSED.forEach((name, pattern) -> requireOften(name, graph.nodes().stream().anyMatch(pattern)));
    }

    @Property(tries = 500, seed = "1")
    void valuesStayModerate(@ForAll("graphs") Graph graph) {
        ReferenceInterpreter.visit(graph, RandomGraphs.image(graph), (node, values) -> {
            double greatest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
            assertTrue(greatest < 1e4, () -> node + " yields " + greatest);
        });
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }

    @Provide
    Arbitrary<Graph> partlyFusedGraphs() {
        return RandomGraphs.partlyFusedGraphs();
    }

    private static void requireOften(String name, boolean drawn) {
        Statistics.label(name).collect(drawn);
        Statistics.label(name).coverage(coverage -> coverage.check(true).percentage(percentage -> percentage >= 2));
    }

    private static Stream<Class<?>> operators(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(RandomGraphsTest::operators)
                : Stream.of(type);
    }

    private static Predicate<Node> follows(Class<? extends Op> type, Class<? extends Op> inputType) {
        return node -> type.isInstance(node.op()) && inputType.isInstance(node.input().op());
    }

    private static Predicate<Node> fused(Predicate<Convolution> condition) {
        return node -> node.op() instanceof Convolution convolution && condition.test(convolution);
    }

    private static boolean isRelu(Node node) {
        return node.op() instanceof Activate activate && activate.activation().equals(Activation.RELU);
    }
}
