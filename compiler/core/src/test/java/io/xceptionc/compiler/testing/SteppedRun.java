package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.plan.Computation;
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
 * Runs generated code step by step. Before each step all memory becomes not-a-number but for the elements and borders of its
 * inputs; after it, its result must be that of the interpreter within a zero border, and nothing else may have changed. A step that
 * pools, too, has two results.
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
                .collect(Collectors.toMap(step -> step.node().name(), Function.identity()));
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
        List<Step> results = results(step);
        poison(frame);
        step.inputs().forEach(layout -> new Elements(layout).forEach(offset -> copy(saved, frame.arena(), offset)));
        if (step.computation() instanceof Computation.PoolAlong) {
            new Elements(step.output()).forEachInside(offset -> copy(saved, frame.arena(), offset));
        }
        float[] before = frame.arena().toArray(FLOAT);
        try {
            GeneratedCode.runStep(network, index, frame, parts);
            results.forEach(result -> compare(result, frame.arena()));
            if (!results.isEmpty()) {
                requireCleanBorder(step, frame.arena());
            }
            requireUnchanged(results, before, frame.arena());
        } catch (AssertionFailedError | RuntimeException failure) {
            throw new AssertionFailedError("step '%s' at %d bits in %d parts: %s\n%s".formatted(step.node().name(),
                    network.vectorBits(), parts, failure.getMessage(), GraphPrinter.print(code.plan().graph())),
                    failure);
        }
        restore(results, saved, frame.arena());
    }

    /** Whose results a step leaves in the arena. */
    private List<Step> results(Step step) {
        return step.op() instanceof Output
                ? List.of()
                : steps.values().stream().filter(other -> other.equals(step)
                        || (other.computation() instanceof Computation.PoolAlong
                                && other.node().input() == step.node()))
                        .toList();
    }

    private void poison(Frame frame) {
        frame.arena().fill((byte) -1);
        for (int part = 0; part < parts; part++) {
            Arrays.fill(frame.rows(part), Float.NaN);
            Arrays.fill(frame.sums(part), Float.NaN);
        }
    }

    private void compare(Step step, MemorySegment arena) {
        Elements elements = new Elements(step.output());
        float[] image = new float[expected.get(step.node().name()).length];
        for (int i = 0; i < image.length; i++) {
            image[i] = arena.get(FLOAT, elements.byteOffset(i));
        }
        Comparison.assertClose(step.node().type(), expected.get(step.node().name()), image);
    }

    private static void requireCleanBorder(Step step, MemorySegment arena) {
        new Elements(step.output())
                .forEachOfBorder(offset -> assertEquals(0f, arena.get(FLOAT, offset), "its border"));
    }

    private static void requireUnchanged(List<Step> results, float[] before, MemorySegment arena) {
        forEachOutside(results, arena, offset -> assertEquals(Float.floatToRawIntBits(before[(int) (offset / 4)]),
                arena.get(ValueLayout.JAVA_INT, offset), () -> "writes at " + offset + ", outside its result"));
    }

    private static void restore(List<Step> results, MemorySegment saved, MemorySegment arena) {
        forEachOutside(results, arena, offset -> copy(saved, arena, offset));
    }

    private static void forEachOutside(List<Step> results, MemorySegment arena, LongConsumer action) {
        List<ImageLayout> layouts = results.stream().map(Step::output)
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

        void forEachInside(LongConsumer action) {
            forEach(action, true, false);
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
