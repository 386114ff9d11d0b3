package io.xceptionc.runtime;

/** The JDK's incubating Vector API, which generated kernels are made of. */
final class VectorModule {

    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /** Says how to start the JVM if it was started without the Vector API. */
    static void require() {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            throw new ModelException(
                    "this JVM was started without the Vector API, which the model's kernels need: start it with\n    java --add-modules "
                            + NAME + " ...");
        }
    }
}
