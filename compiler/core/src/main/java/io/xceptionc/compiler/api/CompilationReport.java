package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.selftest.StorageLoss;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import io.xceptionc.runtime.ModelSignature;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a compilation came to.
 *
 * @param jar the model jar
 * @param signature what the model takes and gives
 * @param layers the layers of the spec, unfolded
 * @param steps the steps of a run, after fusion
 * @param parameters the numbers in the weights, shared ones counted once
 * @param weightBytes the weights as packed for the kernels, in memory
 * @param storedBytes the same in the jar
 * @param arenaBytes the memory of a session's values
 * @param lowerBoundBytes the least memory with which any plan could do
 * @param rowsBytes memory that each thread needs beside
 * @param hasSelfTest whether the jar has a self-test
 * @param storageLoss what the storage of the weights costs; empty if it is float32
 * @param duration how long it took
 * @param weights what was taken from the weights' file; empty if weights are drawn
 * @param warnings what is odd, but no error
 */
public record CompilationReport(
        Path jar,
        ModelSignature signature,
        int layers,
        int steps,
        long parameters,
        long weightBytes,
        long storedBytes,
        long arenaBytes,
        long lowerBoundBytes,
        long rowsBytes,
        boolean hasSelfTest,
        Optional<StorageLoss> storageLoss,
        Duration duration,
        Optional<WeightsReport> weights,
        List<Diagnostic> warnings) {

    public CompilationReport {
        warnings = List.copyOf(warnings);
    }
}
