package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.assertSameOutput;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.testing.RandomGraphs;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** What holds of every pass, whatever the network. */
class PassPropertiesTest {

    @Property(tries = 1000)
    void aPassChangesNoResult(@ForAll("passes") Pass pass, @ForAll("allGraphs") Graph graph) {
        assertSameOutput(graph, Pipeline.applyChecked(pass, graph));
    }

    /** Always of the same graphs, so that no draw decides. */
    @Property(tries = 1000, seed = "1")
    @StatisticsReport(StatisticsReportMode.OFF)
    void everyPassFiresOften(@ForAll("passes") Pass pass, @ForAll("graphs") Graph graph) {
        Statistics.label(pass.name()).collect(pass.apply(graph).isPresent());
        Statistics.label(pass.name()).coverage(coverage -> coverage.check(true).percentage(share -> share >= 3));
    }

    @Property(tries = 300)
    void thePipelineChangesNoResult(@ForAll("allGraphs") Graph graph) {
        assertSameOutput(graph, Pipeline.STANDARD.run(graph).graph());
    }

    @Provide
    Arbitrary<Pass> passes() {
        return Arbitraries.of(Pipeline.STANDARD.passes());
    }

    @Provide
    Arbitrary<Graph> allGraphs() {
        return Arbitraries.oneOf(graphs(), RandomGraphs.graphsOfSeveralOutputs());
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return Arbitraries.oneOf(RandomGraphs.graphs(), RandomGraphs.partlyFusedGraphs());
    }
}
