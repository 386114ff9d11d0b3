package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Measures what whole processes cost: fresh ones, the engines in turn, on all processors. */
final class ProcessCosts {

    private final Map<EngineKind, List<Long>> starts = new EnumMap<>(EngineKind.class);
    private final Map<EngineKind, List<Long>> peaks = new EnumMap<>(EngineKind.class);

    private ProcessCosts() {}

    static Map<EngineKind, ProcessCost> measure(ModelFiles files, Set<EngineKind> engines, Effort effort)
            throws IOException {
        ProcessCosts costs = new ProcessCosts();
        for (int i = 0; i < effort.processes(); i++) {
            for (EngineKind engine : engines) {
                costs.startOne(engine, files, effort);
            }
        }
        Map<EngineKind, ProcessCost> medians = new EnumMap<>(EngineKind.class);
        for (EngineKind engine : engines) {
            medians.put(engine, new ProcessCost(Samples.median(costs.starts.get(engine)) / 1e6, costs.peakBytes(engine),
                    Files.size(files.model(engine)), libraryBytes(engine)));
        }
        return medians;
    }

    /** Starts a process and lets it run for a while, as memory may still grow after the first answer. */
    private void startOne(EngineKind engine, ModelFiles files, Effort effort) throws IOException {
        try (WorkerProcess worker =
                WorkerProcess.start(engine, files, Runtime.getRuntime().availableProcessors())) {
            starts.computeIfAbsent(engine, _ -> new ArrayList<>()).add(worker.nanosToFirstAnswer());
            worker.time(effort.millisecondsPerRound());
            worker.peakBytes().ifPresent(bytes -> peaks.computeIfAbsent(engine, _ -> new ArrayList<>()).add(bytes));
        }
    }

    private OptionalLong peakBytes(EngineKind engine) {
        return peaks.containsKey(engine)
                ? OptionalLong.of((long) Samples.median(peaks.get(engine)))
                : OptionalLong.empty();
    }

    /** The size of the jars that an engine needs, which lie together; 0 where classes are not in jars. */
    private static long libraryBytes(EngineKind engine) throws IOException {
        Path runtime;
        try {
            runtime = Path.of(CompiledModel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no idea where the libraries are", e);
        }
        try (Stream<Path> jars = Files.list(runtime.toAbsolutePath().getParent())) {
            long bytes = 0;
            for (Path jar : jars.filter(jar -> isPartOf(engine, jar.getFileName().toString())).toList()) {
                bytes += Files.size(jar);
            }
            return bytes;
        }
    }

    private static boolean isPartOf(EngineKind engine, String jar) {
        return jar.endsWith(".jar") && switch (engine) {
            case XCEPTIONC -> jar.startsWith("xceptionc-runtime");
            case ONNX_RUNTIME -> jar.startsWith("onnxruntime");
            case PYTORCH -> Stream.of("api-", "pytorch-", "gson-", "jna-", "commons-compress", "slf4j-api")
                    .anyMatch(jar::startsWith);
        };
    }
}
