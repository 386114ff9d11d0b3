package io.xceptionc.compiler.emit;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.StepValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was emitted for a model.
 *
 * @param className the network's class, with its package
 * @param providerName the class by which programs open the model, with its package
 * @param sources the source files by their path, {@code package/Name.java}
 * @param steps what a run does, in order
 * @param values what each of the steps yields, and where
 * @param nodes the node of the plan's graph whose value each of the steps yields
 * @param constants what the kernels read beside their inputs
 * @param spans for each method that computes a layer, where the spec names that layer
 */
public record GeneratedModel(
        String className,
        String providerName,
        SequencedMap<String, String> sources,
        List<ModelStep> steps,
        List<StepValue> values,
        List<String> nodes,
        Constants constants,
        Map<String, SourceSpan> spans) {

    private static final Pattern METHOD = Pattern.compile(" {4}private void (\\w+)\\(.*");

    /** The package of all classes. */
    public String packageName() {
        return className.substring(0, className.lastIndexOf('.'));
    }

    /** The path of the network's class without an ending: files beside the class begin so. */
    public String resourcePath() {
        return className.replace('.', '/');
    }

    /**
     * Where the spec names the layer that a line of the source belongs to.
     *
     * @param path the source's path
     * @param line the line, from 1
     * @return empty if the line belongs to no layer
     */
    public Optional<SourceSpan> spanAt(String path, long line) {
        Optional<String> source = sources.entrySet().stream().filter(entry -> path.endsWith(entry.getKey()))
                .map(Map.Entry::getValue).findFirst();
        List<String> linesBefore = source.stream().flatMap(String::lines).limit(line).toList();
        return linesBefore.reversed().stream().map(METHOD::matcher).filter(Matcher::matches).findFirst()
                .map(method -> spans.get(method.group(1)));
    }
}
