package io.xceptionc.compiler.api;

import io.xceptionc.runtime.Storage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.SourceVersion;

/**
 * What kind of model is made of a network.
 *
 * @param batch how many images a run takes
 * @param packageName the package of the generated classes; one named after the model if absent
 * @param memoryBudget the most bytes that the values of a session may take; no bound if absent
 * @param selfTest whether the jar carries a self-test, for which the network is interpreted once
 * @param storage how the jar holds the kernels' weights
 */
public record ModelOptions(
        int batch,
        Optional<String> packageName,
        OptionalLong memoryBudget,
        boolean selfTest,
        Storage storage) {

    /** More images than this in one run only cost memory. */
    public static final int LARGEST_BATCH = 1024;

    /** One image a run, a self-test, all digits of the weights. */
    public static final ModelOptions STANDARD =
            new ModelOptions(1, Optional.empty(), OptionalLong.empty(), true, Storage.F32);

    public ModelOptions {
        Objects.requireNonNull(storage);
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException("a batch has 1 to " + LARGEST_BATCH + " images, not " + batch);
        }
        memoryBudget.ifPresent(bytes -> {
            if (bytes < 1) {
                throw new IllegalArgumentException("a memory budget has at least 1 byte, not " + bytes);
            }
        });
        packageName.ifPresent(ModelOptions::requirePackageName);
    }

    private static void requirePackageName(String name) {
        if (!name.matches("[A-Za-z0-9_.]+") || !SourceVersion.isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name for a Java package");
        }
        if (name.matches("java(\\..*)?")
                || ModuleLayer.boot().modules().stream().anyMatch(module -> module.getPackages().contains(name))) {
            throw new IllegalArgumentException("'" + name + "' is a package of the JDK itself");
        }
    }

    /** The same with another batch. */
    public ModelOptions withBatch(int images) {
        return new ModelOptions(images, packageName, memoryBudget, selfTest, storage);
    }

    /** The same with another package. */
    public ModelOptions withPackageName(String name) {
        return new ModelOptions(batch, Optional.of(name), memoryBudget, selfTest, storage);
    }

    /** The same with a bound of the memory that a session's values take. */
    public ModelOptions withMemoryBudget(long bytes) {
        return new ModelOptions(batch, packageName, OptionalLong.of(bytes), selfTest, storage);
    }

    /** The same without a self-test in the jar. */
    public ModelOptions withoutSelfTest() {
        return new ModelOptions(batch, packageName, memoryBudget, false, storage);
    }

    /** The same with another storage. */
    public ModelOptions withStorage(Storage other) {
        return new ModelOptions(batch, packageName, memoryBudget, selfTest, other);
    }
}
