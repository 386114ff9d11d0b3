package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What was generated of a model.
 *
 * @param className the network's class, with its package
 * @param providerName the class by which programs open the model, with its package
 * @param inputs the files that it depends on: spec, labels, weights
 * @param sources the source files, and whether each had to be written
 * @param resources the files for beside the class, and whether each had to be written
 * @param arenaBytes the memory of a session's values
 * @param warnings what is odd, but no error
 */
public record GenerationReport(
        String className,
        String providerName,
        List<Path> inputs,
        SequencedMap<Path, Boolean> sources,
        SequencedMap<Path, Boolean> resources,
        long arenaBytes,
        List<Diagnostic> warnings) {

    public GenerationReport {
        inputs = List.copyOf(inputs);
        sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
        resources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resources));
        warnings = List.copyOf(warnings);
    }
}
