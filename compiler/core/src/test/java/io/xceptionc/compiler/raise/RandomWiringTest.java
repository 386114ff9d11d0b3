package io.xceptionc.compiler.raise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.testing.Sketch;
import io.xceptionc.compiler.weights.NamingConvention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * Networks wired at random, of motifs that come again under names that count now and then: what could be taken for a
 * structure and is none.
 */
class RandomWiringTest {

    private static final int CHANNELS = 3;

    /** One network in the making. */
    private static final class Wiring {
        private final SplittableRandom random;
        private final Sketch sketch;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Op> shared = new ArrayList<>();
        private final Set<String> names = new HashSet<>(Set.of("input", "output"));
        private final boolean sharesWeights;

        Wiring(long seed, boolean sharesWeights) {
            this.random = new SplittableRandom(seed);
            this.sketch = new Sketch(seed);
            this.sharesWeights = sharesWeights;
            nodes.add(sketch.input(2, 3, CHANNELS));
        }

        Graph graph() {
            int motifCount = 1 + random.nextInt(4);
            List<long[]> motifs = new ArrayList<>();
            for (int i = 0; i < motifCount; i++) {
                motifs.add(random.longs(1 + random.nextInt(6)).toArray());
            }
            for (int block = 0; block < 2 + random.nextInt(12); block++) {
                long[] motif = motifs.get(random.nextInt(motifCount));
                int entry = nodes.size() - 1;
                for (int i = 0; i < motif.length; i++) {
                    append(new SplittableRandom(motif[i]), entry, "b" + block, i);
                }
                if (random.nextInt(4) == 0) {
                    append(random, nodes.size() - 1 - random.nextInt(Math.min(nodes.size(), 6)), "odd", block);
                }
            }
            return sketch.build(nodes.getLast());
        }

        /** A layer as a motif's choices have it, its inputs at or after the motif's entry. */
        private void append(SplittableRandom choices, int entry, String block, int place) {
            Node last = nodes.getLast();
            Node other = nodes.get(entry + choices.nextInt(nodes.size() - entry));
            int kind = choices.nextInt(8);
            String name = name(choices.nextInt(5), block, place);
            switch (kind) {
                case 0 -> add(name, new Activate(Activation.RELU), last);
                case 1 -> {
                    Node second = sketch.add(unique(name + "_second"), new Softmax(), other);
                    add(name, new Add(), last, second);
                }
                case 2, 3 -> add(name, new Add(), choices.nextBoolean() ? last : other, other);
                case 4 -> add(name, new Add(), last, other, nodes.get(entry));
                case 5 -> {
                    Node joined = sketch.add(unique(name + "_join"), new Concat(), last, other);
                    add(name, sketch.conv2d(2 * CHANNELS, CHANNELS, Window.POINTWISE, 1, choices.nextBoolean()),
                            joined);
                }
                default -> add(name, convolution(choices), last);
            }
        }

        private Op convolution(SplittableRandom choices) {
            boolean repeats = sharesWeights && choices.nextInt(3) > 0;
            if (repeats && !shared.isEmpty()) {
                return shared.get(choices.nextInt(shared.size()));
            }
            Op made = choices.nextBoolean()
                    ? sketch.conv2d(CHANNELS, CHANNELS, Window.POINTWISE, 1, choices.nextBoolean())
                    : sketch.depthwise(CHANNELS, 1, Window.POINTWISE, choices.nextInt(4) == 0);
            shared.add(made);
            return made;
        }

        private void add(String name, Op op, Node... inputs) {
            nodes.add(sketch.add(unique(name), op, inputs));
        }

        private String name(int pattern, String block, int place) {
            return switch (pattern) {
                case 0 -> block + ".l" + place;
                case 1 -> "x" + names.size();
                case 2 -> "layer_" + Integer.toString(random.nextInt(100_000), 36);
                case 3 -> block + "_0" + place;
                default -> block + "/" + (char) ('a' + place) + "/conv" + (10 - place);
            };
        }

        private String unique(String name) {
            String free = name;
            while (!names.add(free)) {
                free += "_" + names.size();
            }
            return free;
        }
    }

    @Property(tries = 1000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void computesTheSame(@ForAll long seed) throws IOException, InvalidInputException {
        Graph graph = new Wiring(seed, false).graph();
        RoundTrip again = sameAnswer(graph, ImportSettings.of(NamingConvention.PYTORCH));
        assertEquals(RoundTrip.parameterCount(graph), RoundTrip.parameterCount(again.network().graph()));
        List.of("repeat:", "block:", "residual:", "branches:", "shortcut:", ", input:", " inputs:", "separable_conv2d:")
                .forEach(word -> requireSome(word, again.text()));
    }

    @Property(tries = 1000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void computesTheSameWithSharedWeights(@ForAll long seed) throws IOException, InvalidInputException {
        Graph graph = new Wiring(seed, true).graph();
        RoundTrip again = sameAnswer(graph, ImportSettings.of(NamingConvention.KERAS).withCopiedWeights());
        requireSome("weights: shared", again.text());
    }

    private static void requireSome(String word, String text) {
        Statistics.label(word).collect(text.contains(word));
        Statistics.label(word).coverage(coverage -> coverage.check(true).count(count -> count > 0));
    }

    private static RoundTrip sameAnswer(Graph graph, ImportSettings settings)
            throws IOException, InvalidInputException {
        RoundTrip again = RoundTrip.of(graph, settings);
        float[] image = RandomGraphs.image(graph);
        assertArrayEquals(ReferenceInterpreter.output(graph, image),
                ReferenceInterpreter.output(again.network().graph(), image), again::text);
        return again;
    }
}
