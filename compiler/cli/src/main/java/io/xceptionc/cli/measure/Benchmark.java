package io.xceptionc.cli.measure;

import io.xceptionc.cli.console.Progress;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;

/**
 * Latency, throughput and allocation of a model.
 *
 * @param signature what the model takes and gives
 * @param threads how many threads a run used
 * @param vectorBits the width of the vectors
 * @param storage how the jar holds the weights
 * @param latencies the times of the runs, each of a whole batch
 * @param elapsed from the first run to the end of the last
 * @param macs multiplications with an addition, for one image
 * @param peakGigaflops what one thread can compute at most
 * @param heapBytes what all runs together took from the heap
 * @param kernels how the kernels run
 */
public record Benchmark(
        ModelSignature signature,
        int threads,
        int vectorBits,
        Storage storage,
        Durations latencies,
        Duration elapsed,
        long macs,
        double peakGigaflops,
        long heapBytes,
        List<KernelMethod> kernels) {

    private static final int MOST_RUNS = 1 << 22;
    private static final int PARTS_OF_WARM_UP = 2;
    private static final Duration HALF_OF_PEAK = Duration.ofMillis(400);

    public Benchmark {
        kernels = List.copyOf(kernels);
    }

    /**
     * Runs a model for a while, after half as long to warm it up, and the machine's multiply-add units before and after
     * that.
     *
     * @throws IOException if the jar cannot be read
     */
    public static Benchmark measure(Path jar, CompiledModel model, Duration duration, Progress progress)
            throws IOException {
        try (Workload workload = new Workload(model)) {
            progress.next("warming up");
            workload.run(duration.dividedBy(PARTS_OF_WARM_UP));
            progress.next("measuring what the machine can do");
            double peakBefore = FmaPeak.gigaflops(HALF_OF_PEAK);
            progress.next("running");
            Allocations allocations = new Allocations();
            long[] nanos = new long[MOST_RUNS];
            long bytesBefore = allocations.bytes();
            long start = System.nanoTime();
            int runs = run(workload, start + duration.toNanos(), nanos);
            long heapBytes = allocations.bytes() - bytesBefore;
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            progress.next("measuring what the machine can do");
            return new Benchmark(model.signature(), model.threads(), model.vectorBits(),
                    model.storage(), new Durations(Arrays.copyOf(nanos, runs)), elapsed,
                    model.steps().stream().mapToLong(ModelStep::multiplyAccumulates).sum(),
                    Math.max(peakBefore, FmaPeak.gigaflops(HALF_OF_PEAK)), heapBytes, kernels(jar, model));
        }
    }

    private static int run(Workload workload, long end, long[] nanos) {
        int runs = 0;
        long begin;
        long now = System.nanoTime();
        do {
            begin = now;
            workload.run();
            now = System.nanoTime();
            nanos[runs++] = now - begin;
        } while (now < end && runs < nanos.length);
        return runs;
    }

    private static List<KernelMethod> kernels(Path jar, CompiledModel model) throws IOException {
        try {
            CodeList compiled = CodeList.now();
            return KernelCode.allOf(jar, model).stream().flatMap(code -> compiled.statesOf(code).stream()).toList();
        } catch (JMException _) {
            return List.of(); // no HotSpot, so there is nothing to tell of it
        }
    }

    /** Images a second. */
    double throughput() {
        return latencies.count() * (double) signature.batch() * 1e9 / elapsed.toNanos();
    }

    /** Billions of floating point operations a second, in a run of the median time. */
    double gigaflops() {
        return 2.0 * macs * signature.batch() / latencies.percentile(50);
    }

    /** What all threads can compute at most. */
    double peakOfThreads() {
        return threads * peakGigaflops;
    }

    /** Bytes of the heap that a run takes. */
    double heapBytesPerRun() {
        return (double) heapBytes / latencies.count();
    }

    /** The kernels that are slower than they can be. */
    public List<KernelMethod> slowKernels() {
        return kernels.stream().filter(KernelMethod::isSlow).toList();
    }
}
