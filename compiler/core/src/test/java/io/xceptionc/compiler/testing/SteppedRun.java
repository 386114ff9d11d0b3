package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * Runs generated code step by step. Before each step all memory becomes not-a-number but for the elements and borders
 * of its inputs; after it, the values of its nodes must be those of the interpreter within a zero border, and nothing
 * else may have changed.
 */
final class SteppedRun {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final GeneratedCode code;
    private final Network network;
    private final int parts;
    private final Map<String, double[]> expected;
    private final Map<String, Step> steps;

    private SteppedRun(GeneratedCode code, int vectorBits, int parts, float[] image) {
        this.code = code;
        this.network = code.network(vectorBits);
        this.parts = parts;
        this.expected = ReferenceInterpreter.valuesByName(code.plan().graph(), image);
        this.steps = code.plan().steps().stream()
                .collect(Collectors.toMap(Step::name, Function.identity()));
    }

    /** The result for an image; fails at the first step that does what it should not do. */
    static float[] run(GeneratedCode code, int vectorBits, int parts, float[] image) {
        return new SteppedRun(code, vectorBits, parts, image).run(image);
    }

    private float[] run(float[] image) {
        try (Arena memory = Arena.ofConfined()) {
            Frame frame = code.frame(network, parts, image, memory);
            MemorySegment saved = memory.allocate(frame.arena().byteSize());
            for (int step = 0; step < network.stepCount(); step++) {
                saved.copyFrom(frame.arena());
                check(step, frame, saved);
            }
            return code.results(frame);
        }
    }

    private void check(int index, Frame frame, MemorySegment saved) {
        Step step = steps.get(network.stepName(index));
        List<ImageLayout> results = step.op() instanceof Output ? List.of() : step.outputs();
        poison(frame);
        step.inputs().forEach(layout -> new Elements(layout).forEach(offset -> copy(saved, frame.arena(), offset)));
        float[] before = frame.arena().toArray(FLOAT);
        try {
            GeneratedCode.runStep(network, index, frame, parts);
            for (int i = 0; i < results.size(); i++) {
                compare(step.nodes().get(i), results.get(i), frame.arena());
                requireCleanBorder(results.get(i), frame.arena());
            }
            requireUnchanged(results, before, frame.arena());
        } catch (AssertionFailedError | RuntimeException failure) {
            throw new AssertionFailedError("step '%s' at %d bits in %d parts: %s\n%s".formatted(step.name(),
                    network.vectorBits(), parts, failure.getMessage(), GraphPrinter.print(code.plan().graph())),
                    failure);
        }
        restore(results, saved, frame.arena());
    }

    private void poison(Frame frame) {
        frame.arena().fill((byte) -1);
        for (int part = 0; part < parts; part++) {
            Arrays.fill(frame.rows(part), Float.NaN);
            Arrays.fill(frame.sums(part), Float.NaN);
        }
    }

    private void compare(Node node, ImageLayout layout, MemorySegment arena) {
        Elements elements = new Elements(layout);
        float[] image = new float[expected.get(node.name()).length];
        for (int i = 0; i < image.length; i++) {
            image[i] = arena.get(FLOAT, elements.byteOffset(i));
        }
        Comparison.assertClose(node.type(), expected.get(node.name()), image);
    }

    private static void requireCleanBorder(ImageLayout layout, MemorySegment arena) {
        new Elements(layout)
                .forEachOfBorder(offset -> assertEquals(0f, arena.get(FLOAT, offset), "its border"));
    }

    private static void requireUnchanged(List<ImageLayout> results, float[] before, MemorySegment arena) {
        forEachOutside(results, arena, offset -> assertEquals(Float.floatToRawIntBits(before[(int) (offset / 4)]),
                arena.get(ValueLayout.JAVA_INT, offset), () -> "writes at " + offset + ", outside its result"));
    }

    private static void restore(List<ImageLayout> results, MemorySegment saved, MemorySegment arena) {
        forEachOutside(results, arena, offset -> copy(saved, arena, offset));
    }

    private static void forEachOutside(List<ImageLayout> results, MemorySegment arena, LongConsumer action) {
        List<ImageLayout> layouts = results.stream()
                .sorted(Comparator.comparingLong(ImageLayout::byteOffset)).toList();
        long offset = 0;
        for (ImageLayout layout : layouts) {
            for (; offset < layout.byteOffset(); offset += Float.BYTES) {
                action.accept(offset);
            }
            offset = layout.byteOffset() + layout.bytes();
        }
        for (; offset < arena.byteSize(); offset += Float.BYTES) {
            action.accept(offset);
        }
    }

    private static void copy(MemorySegment source, MemorySegment target, long offset) {
        target.set(FLOAT, offset, source.get(FLOAT, offset));
    }

    /** Where the elements of a value and those of its border lie. */
    private record Elements(ImageLayout layout) {

        long byteOffset(int element) {
            int pixel = element / layout.channels();
            return byteOffset(pixel / layout.width(), pixel % layout.width(), element % layout.channels());
        }

        private long byteOffset(int y, int x, int channel) {
            return layout.origin(channel / layout.blockChannels()) + y * layout.rowBytes() + x * layout.pixelBytes()
                    + channel % layout.blockChannels() * 4L;
        }

        void forEach(LongConsumer action) {
            forEach(action, true, true);
        }

        void forEachOfBorder(LongConsumer action) {
            forEach(action, false, true);
        }

        private void forEach(LongConsumer action, boolean withInside, boolean withBorder) {
            for (int y = -layout.top(); y < layout.height() + layout.bottom(); y++) {
                for (int x = -layout.left(); x < layout.width() + layout.right(); x++) {
                    boolean inside = y >= 0 && y < layout.height() && x >= 0 && x < layout.width();
                    for (int channel = 0; channel < layout.channels() && (inside ? withInside : withBorder);
                            channel++) {
                        action.accept(byteOffset(y, x, channel));
                    }
                }
            }
        }
    }
}
