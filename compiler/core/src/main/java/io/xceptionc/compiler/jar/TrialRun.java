package io.xceptionc.compiler.jar;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.SelfTest;
import java.nio.file.Path;

/** Opens a model jar as its users will, and runs it once, so that none is delivered that its runtime refuses. */
final class TrialRun {

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final long SEED = 1;

    private TrialRun() {}

    /**
     * Runs the model of a jar on a drawn image; not where this JVM was started without the Vector API.
     *
     * @throws ModelException if it cannot be opened or does not run; the message says why
     */
    static void of(Path jar) {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return;
        }
        try (CompiledModel model = CompiledModel.open(jar)) {
            ModelSignature signature = model.signature();
            model.runAll(SelfTest.image(SEED, Math.multiplyExact(signature.batch(), signature.inputLength())));
        } catch (ArithmeticException | IndexOutOfBoundsException | LinkageError e) {
            throw new ModelException("the generated code does not run: " + e, e);
        }
    }
}
