package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a model very often in a JVM of its own, in all ways, also such that fail, and prints what the JVM holds after
 * half of them and at the end. Fails if a result differs from the first. Arguments: the jar of a {@link ModelVersion}
 * and how many runs.
 */
final class RunsProbe {

    private final CompiledModel model;
    private final Session session;
    private final float[] image = ModelVersion.image();
    private final float[] result;
    private final float[] expected;
    private final MemorySegment closed;
    private int failures;

    private RunsProbe(CompiledModel model, Session session) {
        this.model = model;
        this.session = session;
        expected = model.run(image);
        result = new float[expected.length];
        try (Arena arena = Arena.ofShared()) {
            closed = arena.allocate(image.length * 4L);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[1]);
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(2));
                Session session = model.newSession()) {
            RunsProbe probe = new RunsProbe(model, session);
            for (int run = 1; run <= runs; run++) {
                probe.run(run);
                if (run == runs / 2 || run == runs) {
                    System.out.println(Held.now(jar.getParent()).toText());
                }
            }
        }
    }

    private void run(int number) {
        switch (number % 10) {
            case 0 -> runInNewSession();
            case 1, 2, 3 -> requireExpected(model.run(image));
            case 4 -> runTooSmall();
            case 5 -> runOnClosedMemory();
            case 6 -> runInOwnMemory();
            default -> {
                session.run(image, result);
                requireExpected(result);
            }
        }
        if (number % 1_000 == 0) {
            model.trace(image, (_, _, _) -> {
            });
        }
    }

    private void runInNewSession() {
        try (Session own = model.newSession()) {
            own.run(image, result);
        }
        requireExpected(result);
    }

    private void runInOwnMemory() {
        Arrays.fill(result, 0);
        session.run(MemorySegment.ofArray(image.clone()), MemorySegment.ofArray(result));
        requireExpected(result);
    }

    private void runTooSmall() {
        try {
            model.run(new float[image.length - 1]);
        } catch (IllegalArgumentException _) {
            failures++;
        }
        requireFailure();
    }

    private void runOnClosedMemory() {
        try {
            session.run(closed, session.output());
        } catch (IllegalStateException _) {
            failures++;
        }
        requireFailure();
    }

    private void requireFailure() {
        if (failures-- != 1) {
            throw new AssertionError("a run should have failed");
        }
    }

    private void requireExpected(float[] actual) {
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError(Arrays.toString(expected) + " became " + Arrays.toString(actual));
        }
    }
}
