package io.xceptionc.compiler.emit;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What was emitted for a model.
 *
 * @param className the network's class, with its package
 * @param sources the source files by their path, {@code package/Name.java}
 * @param constants what the kernels read beside their inputs
 * @param spans for each method of the network's class that computes a layer, where the spec names that layer
 */
public record GeneratedModel(
        String className,
        SequencedMap<String, String> sources,
        Constants constants,
        Map<String, SourceSpan> spans) {

    /** The path of the network's class without an ending: files beside the class begin so. */
    public String resourcePath() {
        return className.replace('.', '/');
    }
}
