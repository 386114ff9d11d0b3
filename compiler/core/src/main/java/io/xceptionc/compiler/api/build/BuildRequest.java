package io.xceptionc.compiler.api.build;

import io.xceptionc.compiler.api.CompilerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a build tool asks for.
 *
 * @param sources where generated sources go; if absent, specs are only checked
 * @param resources where the files beside the generated classes go
 * @param models what is to be generated or checked
 */
record BuildRequest(Optional<Path> sources, Optional<Path> resources, List<CompilerOptions> models) {

    /** Leaves a choice to the compiler. */
    private static final String AUTO = "auto";

    BuildRequest {
        models = List.copyOf(models);
        if (sources.isPresent() != resources.isPresent()) {
            throw new IllegalArgumentException("'sources' and 'resources' go together");
        }
    }

    /**
     * Reads {@code sources}, {@code resources}, and for each model from 0 on {@code 0.spec}, {@code 0.weights}, {@code
     * 0.seed}, {@code 0.profile}, {@code 0.match}, {@code 0.batch}, {@code 0.package} and {@code 0.memoryBudget}, of
     * which only the spec must be there.
     *
     * @throws IllegalArgumentException if a value is wrong; the message says which
     */
    static BuildRequest of(Properties properties) {
        List<CompilerOptions> models = new ArrayList<>();
        for (int i = 0; properties.containsKey(i + ".spec"); i++) {
            models.add(options(properties, i + "."));
        }
        return new BuildRequest(path(properties, "sources"), path(properties, "resources"), models);
    }

    private static CompilerOptions options(Properties properties, String prefix) {
        CompilerOptions options = CompilerOptions.of(path(properties, prefix + "spec").orElseThrow());
        Optional<Path> weights = path(properties, prefix + "weights");
        Optional<Long> seed = number(properties, prefix + "seed");
        Optional<Long> batch = number(properties, prefix + "batch");
        Optional<String> packageName = text(properties, prefix + "package");
        Optional<Long> memoryBudget = number(properties, prefix + "memoryBudget");
        options = weights.isPresent() ? options.withWeights(weights.get()) : options;
        options = seed.isPresent() ? options.withSeed(seed.get()) : options;
        options = options.withBinding(text(properties, prefix + "profile").orElse(AUTO),
                text(properties, prefix + "match").orElse(AUTO));
        options = batch.isPresent() ? options.withBatch(Math.clamp(batch.get(), 0, Integer.MAX_VALUE)) : options;
        options = packageName.isPresent() ? options.withPackageName(packageName.get()) : options;
        return memoryBudget.isPresent() ? options.withMemoryBudget(memoryBudget.get()) : options;
    }

    private static Optional<String> text(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key));
    }

    private static Optional<Path> path(Properties properties, String key) {
        return text(properties, key).map(Path::of);
    }

    private static Optional<Long> number(Properties properties, String key) {
        try {
            return text(properties, key).map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + key + "' is no number: " + properties.getProperty(key), e);
        }
    }
}
