package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured of the network that the project is for.
 *
 * @param oneThread its latency
 * @param twoThreads its latency
 * @param batchMilliseconds of xceptionc for one image, one thread, when a run takes eight
 * @param flops operations of one run; a multiply-add is two
 * @param peakFlops operations a second of fused multiply-adds on one core
 * @param allocatedBytes on the heap for one run of xceptionc
 * @param costs of a whole process
 * @param compileSeconds of the command line
 */
record Headline(
        Latency oneThread,
        Latency twoThreads,
        double batchMilliseconds,
        long flops,
        double peakFlops,
        double allocatedBytes,
        Map<EngineKind, ProcessCost> costs,
        double compileSeconds) {

    /** The figures that have a target. */
    List<Figure> figures() {
        return List.of(latency("latency, 1 thread", oneThread), latency("latency, 2 threads", twoThreads),
                start(), memory(), heap(), scaling(), share(), batch(),
                new Figure("`compile`, whole process", Target.atMost(15, 5), Unit.SECONDS,
                        OptionalDouble.of(compileSeconds), ""));
    }

    private static Figure latency(String name, Latency latency) {
        return new Figure(name, Target.atMost(1, 0.8), Unit.RATIO,
                OptionalDouble.of(latency.ratioTo(EngineKind.ONNX_RUNTIME)),
                over(Unit.MILLISECONDS, latency.of(EngineKind.XCEPTIONC), latency.of(EngineKind.ONNX_RUNTIME)));
    }

    private static String over(Unit unit, double ours, double theirs) {
        return unit.text(ours) + " / " + unit.text(theirs);
    }

    private Figure start() {
        double ours = costs.get(EngineKind.XCEPTIONC).startMilliseconds();
        double theirs = costs.get(EngineKind.ONNX_RUNTIME).startMilliseconds();
        return new Figure("process start to first answer", Target.atMost(2, 1), Unit.RATIO,
                OptionalDouble.of(ours / theirs), over(Unit.MILLISECONDS, ours, theirs));
    }

    private Figure memory() {
        String name = "peak resident memory, whole process";
        OptionalLong ours = costs.get(EngineKind.XCEPTIONC).peakBytes();
        OptionalLong theirs = costs.get(EngineKind.ONNX_RUNTIME).peakBytes();
        Target target = Target.atMost(0.75, 0.6);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return new Figure(name, target, Unit.RATIO, OptionalDouble.empty(), "");
        }
        return new Figure(name, target, Unit.RATIO,
                OptionalDouble.of((double) ours.getAsLong() / theirs.getAsLong()),
                over(Unit.MEBIBYTES, (double) ours.getAsLong(), (double) theirs.getAsLong()));
    }

    private Figure heap() {
        return new Figure("heap allocated per inference", Target.none(), Unit.BYTES,
                OptionalDouble.of(allocatedBytes), "");
    }

    private Figure scaling() {
        double one = oneThread.of(EngineKind.XCEPTIONC);
        double two = twoThreads.of(EngineKind.XCEPTIONC);
        return new Figure("2 threads over 1", Target.atLeast(1.85, 1.95), Unit.RATIO, OptionalDouble.of(one / two),
                over(Unit.MILLISECONDS, one, two));
    }

    private Figure share() {
        double reached = flops / oneThread.of(EngineKind.XCEPTIONC) * 1e3;
        return new Figure("share of the FMA peak, 1 thread", Target.atLeast(0.68, 0.85), Unit.RATIO,
                OptionalDouble.of(reached / peakFlops), over(Unit.GIGAFLOPS, reached, peakFlops));
    }

    private Figure batch() {
        double one = oneThread.of(EngineKind.XCEPTIONC);
        return new Figure("batch 8, per image, over batch 1, 1 thread", Target.atMost(1, 0.95), Unit.RATIO,
                OptionalDouble.of(batchMilliseconds / one), over(Unit.MILLISECONDS, batchMilliseconds, one));
    }
}
