package io.xceptionc.runtime;

import io.xceptionc.runtime.image.ArrayScaling;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs a model's self-test. The model runs until HotSpot has nothing left to compile of it, as C2 may be wrong, and may
 * be so from some call on; every result must be the first one to the bit, as results depend on nothing. Then each step
 * is looked at.
 */
final class SelfTestRun {

    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final int RUNS_WITHOUT_COMPILATION = 5;

    private final CompiledModel model;
    private final SelfTest test;
    private final float[] image;
    private final float[] images;
    private int runs;
    private int deviatingRuns;
    private double error;
    private String worstStep;
    private Optional<String> firstDeparture = Optional.empty();

    SelfTestRun(CompiledModel model, SelfTest test) {
        this.model = model;
        this.test = test;
        image = test.image(model.signature().inputLength());
        images = repeated(image, model.signature().batch());
        worstStep = test.result().step();
    }

    /** Runs it. */
    SelfTestReport run() {
        List<float[]> results = runUntilCompiled();
        Map<String, ExpectedValue> expected =
                test.values().stream().collect(Collectors.toMap(ExpectedValue::step, value -> value));
        Map<String, ExpectedValue> left = new HashMap<>(expected);
        model.trace(image, ArrayScaling.NONE, (step, _, elements) -> {
            ExpectedValue value = left.remove(step.name());
            if (value != null) {
                compare(value, elements, 0);
            }
        });
        if (!left.isEmpty()) {
            throw new ModelException("the self-test of model '" + model.signature().name() + "' tests steps "
                    + left.keySet() + ", which it has not; compile the model again");
        }
        List<ExpectedValue> ofOutputs = results(expected);
        if (ofOutputs.size() < results.size()) {
            throw new ModelException(
                    "the self-test of model '" + model.signature().name() + "' does not test all of its "
                            + results.size() + " outputs; compile the model again");
        }
        for (int output = 0; output < results.size(); output++) {
            int length = results.get(output).length / model.signature().batch();
            for (int i = 0; i < model.signature().batch(); i++) {
                compare(ofOutputs.get(output), results.get(output), i * length);
            }
        }
        return new SelfTestReport(error, test.tolerance(), worstStep, firstDeparture, model.vectorBits(),
                model.threads(), model.vectorStatus().state() == VectorStatus.State.COMPILED, runs, deviatingRuns);
    }

    /**
     * What the outputs must be; that of a single one comes last, those of several are called as the steps that hand
     * them out.
     */
    private List<ExpectedValue> results(Map<String, ExpectedValue> expected) {
        return model.signature().hasOneOutput()
                ? List.of(test.result())
                : model.steps().stream().filter(ModelStep::isOutput).map(step -> expected.get(step.name()))
                        .filter(Objects::nonNull).toList();
    }

    private List<float[]> runUntilCompiled() {
        try (Session session = model.newSession()) {
            return runUntilCompiled(session);
        }
    }

    private List<float[]> runUntilCompiled(Session session) {
        List<float[]> first = run(session);
        List<float[]> results = first;
        long start = System.nanoTime();
        long compilation = compilationMillis();
        int runsSince = 0;
        for (runs = 1; isGoingOn(System.nanoTime() - start, runsSince); runs++) {
            List<float[]> next = run(session);
            if (!Arrays.deepEquals(first.toArray(), next.toArray())) {
                deviatingRuns++;
                results = next;
            }
            long millis = compilationMillis();
            runsSince = millis == compilation ? runsSince + 1 : 0;
            compilation = millis;
        }
        return results;
    }

    /** Runs the network itself: what a model computes of an array first is no step. */
    private List<float[]> run(Session session) {
        List<float[]> results = model.signature().outputs().stream()
                .map(output -> new float[model.signature().batch() * output.length()]).toList();
        session.run(images, results, ArrayScaling.NONE);
        return results;
    }

    private static boolean isGoingOn(long nanos, int runsWithoutCompilation) {
        return nanos < LEAST_NANOS || (nanos < MOST_NANOS && runsWithoutCompilation < RUNS_WITHOUT_COMPILATION);
    }

    private static long compilationMillis() {
        CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        return compilation != null && compilation.isCompilationTimeMonitoringSupported()
                ? compilation.getTotalCompilationTime()
                : 0;
    }

    private static float[] repeated(float[] image, int count) {
        float[] images = new float[count * image.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(image, 0, images, i * image.length, image.length);
        }
        return images;
    }

    private void compare(ExpectedValue value, float[] elements, int start) {
        double found = value.error(elements, start);
        if (found > error) {
            error = found;
            worstStep = value.step();
        }
        if (found > test.tolerance() && firstDeparture.isEmpty()) {
            firstDeparture = Optional.of(value.step());
        }
    }
}
