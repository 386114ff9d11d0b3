package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileVerbTest {

    /** Where to find the columns of the CSV. */
    private static final int KERNELS = 2;
    private static final int MICROSECONDS = 3;
    private static final int SHARE = 4;
    private static final int GFLOPS = 5;

    @TempDir
    private Path folder;

    private static Invocation profile(int batch, Object... words) throws Exception {
        return Invocation.of(Stream.concat(Stream.of("profile", TinyModel.jar(batch), "--seconds", 1), Stream.of(words))
                .toArray());
    }

    private static List<List<String>> csv(Invocation profiled) {
        assertEquals(0, profiled.status(), profiled.err());
        return profiled.out().lines().map(line -> List.of(line.split(",", -1))).toList();
    }

    private static double number(List<String> row, int column) {
        return Double.parseDouble(row.get(column));
    }

    /** MACs as the summary has them; bytes: four times the numbers of input, result, kernel and bias. */
    @Test
    void whatTheStepsConsistOf() throws Exception {
        List<List<String>> rows = csv(profile(1, "--format", "csv"));
        assertEquals("step,operator,kernels,microseconds,share,gflops,macs,bytes", String.join(",", rows.getFirst()));
        assertEquals(List.of("input input 0 " + 4 * (192 + 192), "stem conv2d 6912 " + 4 * (192 + 256 + 108 + 4),
                "sep separable_conv2d 4352 " + 4 * (256 + 512 + 36 + 32 + 8),
                "pool global_avg_pool2d 0 " + 4 * (512 + 8), "predictions dense 24 " + 4 * (8 + 3 + 24 + 3),
                "predictions_activation softmax 0 " + 4 * (3 + 3), "output output 0 " + 4 * (3 + 3)),
                rows.stream().skip(1)
                        .map(row -> String.join(" ", row.get(0), row.get(1), row.get(6), row.get(7))).toList());
    }

    @Test
    void timesAndShares() throws Exception {
        List<List<String>> rows = csv(profile(2, "--format", "csv", "--threads", 2));
        List<List<String>> steps = rows.subList(1, rows.size());
        double sum = steps.stream().mapToDouble(row -> number(row, MICROSECONDS)).sum();
        for (List<String> row : steps) {
            double macs = number(row, 6);
            assertAll(row.toString(), () -> assertTrue(number(row, MICROSECONDS) > 0),
                    () -> assertEquals(number(row, MICROSECONDS) / sum, number(row, SHARE), 2e-3),
                    () -> assertEquals(2e-3 * macs / number(row, MICROSECONDS), number(row, GFLOPS),
                            1e-3 + 1e-2 * number(row, GFLOPS)),
                    () -> assertEquals(macs == 0, row.get(GFLOPS).equals("0.000")));
        }
        assertEquals(List.of("-", "-"),
                Stream.of(steps.getFirst(), steps.getLast()).map(row -> row.get(KERNELS)).toList());
    }

    @Test
    void table() throws Exception {
        Invocation profiled = profile(1, "--threads", 1);
        List<String> lines = profiled.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertAll(() -> assertEquals(0, profiled.status(), profiled.err()),
                () -> assertEquals("step operator kernels microseconds share GFLOP/s bytes", lines.getFirst()),
                () -> assertEquals(List.of("input", "stem", "sep", "pool", "predictions", "predictions_activation",
                        "output", "total"),
                        lines.subList(1, 9).stream().map(line -> line.replaceAll(" .*", "")).toList()),
                () -> assertTrue(lines.get(8).matches("total [0-9.,]+ 100\\.0 % [0-9.,]+ 9\\.2 KiB"), lines.get(8)),
                () -> assertEquals("", lines.get(9)),
                () -> assertTrue(lines.get(10)
                        .matches("tiny: a run of 7 steps takes [0-9.]+ ms an image, the median of "
                                + "[0-9,]+ runs?; 1 thread, vectors of (128|256|512) bits"),
                        lines.get(10)),
                () -> assertEquals(11, lines.size()));
    }

    @Test
    void json() throws Exception {
        Invocation profiled = profile(1, "--threads", 1, "--format", "json");
        String masked = profiled.out().replaceAll("[0-9]+\\.[0-9]{3}\\b", "#")
                .replaceAll("(vectorBits|runs)\": [0-9]+", "$1\": #")
                .replaceAll("\"kernels\": \\[ .* ]", "\"kernels\": [ # ]");
        assertEquals(0, profiled.status(), profiled.err());
        assertTrue(masked.startsWith("""
                {
                  "model": "tiny",
                  "threads": 1,
                  "vectorBits": #,
                  "runs": #,
                  "microseconds": #,
                  "steps": [ {
                    "step": "input",
                    "operator": "input",
                    "kernels": [ ],
                    "microseconds": #,
                    "share": #,
                    "gflops": #,
                    "macs": 0,
                    "bytes": 1536
                  }, {
                """), masked);
        assertTrue(masked.endsWith("""
                  } ],
                  "total": {
                    "microseconds": #,
                    "share": #,
                    "gflops": #,
                    "macs": 11288,
                    "bytes": 9432
                  }
                }
                """), masked);
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path file = Files.writeString(folder.resolve("x.jar"), "no jar");
        assertEquals(
                new Invocation(1, "",
                        "xceptionc: x.jar is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar\n"),
                Invocation.of("profile", file).without(folder));
    }
}
