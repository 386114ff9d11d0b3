package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ProgressStyle;
import io.xceptionc.cli.measure.KernelMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchVerbTest {

    private static final double MACS = 11_288;

    @TempDir
    private Path folder;

    private static Invocation bench(int batch, Object... words) throws Exception {
        Invocation measured =
                Invocation.of(Stream.concat(Stream.of("bench", TinyModel.jar(batch), "--seconds", 1), Stream.of(words))
                        .toArray());
        assertEquals(0, measured.status(), measured.err());
        return measured;
    }

    private static Map<String, String> csv(Invocation measured) {
        List<List<String>> lines = measured.out().lines().map(line -> List.of(line.split(",", -1))).toList();
        assertEquals(2, lines.size());
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < lines.getFirst().size(); i++) {
            values.put(lines.getFirst().get(i), lines.getLast().get(i));
        }
        return values;
    }

    @Test
    void numbersFitOneAnother() throws Exception {
        Map<String, String> values = csv(bench(2, "--threads", 2, "--format", "csv"));
        double[] latencies = Stream.of("least_ms", "median_ms", "p90_ms", "p99_ms").map(values::get)
                .mapToDouble(Double::parseDouble).toArray();
        double median = latencies[1];
        double runs = Double.parseDouble(values.get("runs"));
        double perSecond = Double.parseDouble(values.get("images_per_second"));
        double gflops = Double.parseDouble(values.get("gflops"));
        double peak = Double.parseDouble(values.get("peak_gflops"));
        assertAll(values.toString(), () -> assertEquals("tiny", values.get("model")),
                () -> assertEquals("2", values.get("threads")), () -> assertEquals("2", values.get("batch")),
                () -> assertTrue(latencies[0] > 0 && latencies[0] <= median && median <= latencies[2]
                        && latencies[2] <= latencies[3]),
                () -> assertEquals(2 * runs, perSecond, 0.3 * perSecond, "images in about a second"),
                () -> assertTrue(median * runs < 1100, "half of the runs take half of a second at most"),
                () -> assertEquals(2 * 2 * MACS / gflops / 1e6, median, 0.0006, "the median, rounded to microseconds"),
                () -> assertTrue(gflops < peak),
                () -> assertEquals(gflops / peak, Double.parseDouble(values.get("share_of_peak")), 1e-3),
                () -> assertTrue(Double.parseDouble(values.get("heap_bytes_per_run")) >= 0));
    }

    @Test
    void table() throws Exception {
        Invocation measured = bench(1, "--threads", 1);
        List<String> lines = measured.out().lines().toList();
        String masked = String.join("\n", lines.subList(0, 8)).replaceAll("[0-9][0-9,]*\\.[0-9]+", "#")
                .replaceAll("[0-9,]+ runs?", "# runs").replaceAll("# KiB|[0-9]+ bytes?", "# bytes")
                .replaceAll("vectors of [0-9]+", "vectors of #");
        assertEquals("""
                tiny, input [8, 8, 3]; 1 thread, vectors of # bits

                  latency     least # ms, median # ms, 90 % within # ms, 99 % within # ms
                  throughput  # images/s, # runs in # s
                  speed       # GFLOP/s, # % of the # that 1 thread can do at most
                  heap        # bytes a run

                """ + lines.get(7), masked);
        assertTrue(lines.get(7).matches("kernel +compiled by"), lines.get(7));
        List<String> states = lines.subList(8, lines.size());
        assertTrue(states.stream().allMatch(line -> line.matches("\\w+ +(C2|C2, inlined|C1|interpreter)")),
                states.toString());
        assertTrue(states.stream().anyMatch(line -> line.matches("multiply\\w* +C2")), states.toString());
    }

    @Test
    void json() throws Exception {
        Invocation measured = bench(1, "--threads", 1, "--format", "json");
        String masked = measured.out().replaceAll("[0-9]+\\.[0-9]{3}\\b", "#")
                .replaceAll("(vectorBits|runs)\": [0-9]+", "$1\": #").replaceAll("(?s)\"kernels\": \\[ \\{.*} ]", "#");
        assertEquals("""
                {
                  "model": "tiny",
                  "input": [ 8, 8, 3 ],
                  "batch": 1,
                  "threads": 1,
                  "vectorBits": #,
                  "storage": "f32",
                  "runs": #,
                  "milliseconds": {
                    "least": #,
                    "median": #,
                    "p90": #,
                    "p99": #
                  },
                  "imagesPerSecond": #,
                  "gflops": #,
                  "peakGflops": #,
                  "shareOfPeak": #,
                  "heapBytesPerRun": #,
                  #
                }
                """, masked);
    }

    @Test
    void slowKernelsAreWarnedOf() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8),
                ProgressStyle.NONE);
        BenchVerb.warn(List.of(new KernelMethod("multiply", KernelMethod.State.C1, true),
                new KernelMethod("softmax", KernelMethod.State.INTERPRETED, true)), console);
        BenchVerb.warn(List.of(), console);
        assertEquals("xceptionc: not compiled by C2: multiply (C1), softmax (interpreter); "
                + "'xceptionc profile' shows what their steps cost\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void onlyWhatComputesWithVectorsIsSlowInTheInterpreter() {
        assertAll(() -> assertTrue(new KernelMethod("loop", KernelMethod.State.INTERPRETED, true).isSlow()),
                () -> assertTrue(new KernelMethod("loop", KernelMethod.State.C1, true).isSlow()),
                () -> assertFalse(new KernelMethod("loop", KernelMethod.State.INLINED, true).isSlow()),
                () -> assertFalse(new KernelMethod("loop", KernelMethod.State.C2, true).isSlow()),
                () -> assertFalse(new KernelMethod("caller", KernelMethod.State.INTERPRETED, false).isSlow()));
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jar"), "no jar");
        assertEquals(
                new Invocation(1, "",
                        "xceptionc: x.jar is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar\n"),
                Invocation.of("bench", file).without(folder));
    }
}
