package io.xceptionc.cli.measure;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;

import io.xceptionc.cli.console.CsvText;
import io.xceptionc.cli.console.JsonText;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * A benchmark to be printed.
 *
 * @param benchmark what was measured
 */
public record BenchmarkReport(Benchmark benchmark) implements ReportFormat.Report {

    @Override
    public List<String> table() {
        Durations latencies = benchmark.latencies();
        int batch = benchmark.signature().batch();
        List<String> lines = new ArrayList<>(List.of("%s, input %s%s; %s, vectors of %d bits%s".formatted(
                benchmark.signature().name(), benchmark.signature().inputShape(),
                batch == 1 ? "" : ", " + batch + " images a run", Quantities.count(benchmark.threads(), "thread"),
                benchmark.vectorBits(),
                benchmark.storage().isHalf() ? ", weights stored as " + storage() : ""), "",
                "  latency     least %s, median %s, 90 %% within %s, 99 %% within %s".formatted(
                        milliseconds(latencies, 0),
                        milliseconds(latencies, 50), milliseconds(latencies, 90), milliseconds(latencies, 99)),
                "  throughput  %s images/s, %s in %s".formatted(Quantities.decimal(benchmark.throughput()),
                        Quantities.count(latencies.count(), "run"), Quantities.seconds(benchmark.elapsed())),
                "  speed       %s GFLOP/s, %s of the %s that %s can do at most".formatted(
                        Quantities.decimal(benchmark.gigaflops()),
                        Quantities.percent(benchmark.gigaflops() / benchmark.peakOfThreads()),
                        Quantities.decimal(benchmark.peakOfThreads()),
                        Quantities.count(benchmark.threads(), "thread")),
                "  heap        %s a run".formatted(Quantities.bytes((long) Math.ceil(benchmark.heapBytesPerRun())))));
        if (!benchmark.kernels().isEmpty()) {
            lines.add("");
            lines.addAll(kernels());
        }
        return lines;
    }

    private String storage() {
        return benchmark.storage().name().toLowerCase(Locale.ROOT);
    }

    private static String milliseconds(Durations latencies, int percent) {
        return Quantities.fixed(latencies.percentile(percent) / 1e6) + " ms";
    }

    private List<String> kernels() {
        TextTable table = new TextTable(List.of(LEFT, LEFT), List.of("kernel", "compiled by"));
        benchmark.kernels().forEach(kernel -> table.add(List.of(kernel.name(), kernel.state().label())));
        return table.lines();
    }

    @Override
    public String csv() {
        Durations latencies = benchmark.latencies();
        return CsvText.line("model", "threads", "vector_bits", "batch", "runs", "least_ms", "median_ms", "p90_ms",
                "p99_ms", "images_per_second", "gflops", "peak_gflops", "share_of_peak", "heap_bytes_per_run",
                "slow_kernels", "storage")
                + CsvText.line(benchmark.signature().name(), Integer.toString(benchmark.threads()),
                        Integer.toString(benchmark.vectorBits()), Integer.toString(benchmark.signature().batch()),
                        Integer.toString(latencies.count()), csvMilliseconds(0), csvMilliseconds(50),
                        csvMilliseconds(90), csvMilliseconds(99), Quantities.fixed(benchmark.throughput()),
                        Quantities.fixed(benchmark.gigaflops()), Quantities.fixed(benchmark.peakOfThreads()),
                        Quantities.fixed(benchmark.gigaflops() / benchmark.peakOfThreads()),
                        Quantities.fixed(benchmark.heapBytesPerRun()),
                        String.join(" ", benchmark.slowKernels().stream().map(KernelMethod::name).toList()), storage());
    }

    private String csvMilliseconds(int percent) {
        return Quantities.fixed(benchmark.latencies().percentile(percent) / 1e6);
    }

    @Override
    public void json(JsonGenerator json) {
        json.writeStringProperty("model", benchmark.signature().name());
        JsonText.shape(json, "input", benchmark.signature().inputShape());
        json.writeNumberProperty("batch", benchmark.signature().batch());
        json.writeNumberProperty("threads", benchmark.threads());
        json.writeNumberProperty("vectorBits", benchmark.vectorBits());
        json.writeStringProperty("storage", storage());
        json.writeNumberProperty("runs", benchmark.latencies().count());
        json.writeObjectPropertyStart("milliseconds");
        JsonText.fixed(json, "least", benchmark.latencies().percentile(0) / 1e6);
        JsonText.fixed(json, "median", benchmark.latencies().percentile(50) / 1e6);
        JsonText.fixed(json, "p90", benchmark.latencies().percentile(90) / 1e6);
        JsonText.fixed(json, "p99", benchmark.latencies().percentile(99) / 1e6);
        json.writeEndObject();
        JsonText.fixed(json, "imagesPerSecond", benchmark.throughput());
        JsonText.fixed(json, "gflops", benchmark.gigaflops());
        JsonText.fixed(json, "peakGflops", benchmark.peakOfThreads());
        JsonText.fixed(json, "shareOfPeak", benchmark.gigaflops() / benchmark.peakOfThreads());
        JsonText.fixed(json, "heapBytesPerRun", benchmark.heapBytesPerRun());
        json.writeArrayPropertyStart("kernels");
        for (KernelMethod kernel : benchmark.kernels()) {
            json.writeStartObject();
            json.writeStringProperty("kernel", kernel.name());
            json.writeStringProperty("compiledBy", kernel.state().label());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
