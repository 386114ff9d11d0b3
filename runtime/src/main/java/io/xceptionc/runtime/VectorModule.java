package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.ProcessVectors;
import jdk.incubator.vector.FloatVector;

/** The JDK's incubating Vector API, which generated kernels are made of. */
final class VectorModule {

    private static final String NAME = "jdk.incubator.vector";
    private static final int NARROWEST_KERNELS = 128;

    private VectorModule() {}

    /** Says how to start the JVM if it was started without the Vector API. */
    static void require() {
        if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
            throw new ModelException(
                    "this JVM was started without the Vector API, which the model's kernels need: start it with\n    java --add-modules "
                            + NAME + " ...");
        }
    }

    /** The widest vectors of this machine, as this JVM uses them. */
    static int machineBits() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    /**
     * Says which vectors there are if those asked for, or the narrowest that kernels are made for, are wider: Java
     * would compute each of their lanes by itself, a thousand times slower.
     *
     * @param vectorBits as {@link OpenOptions#vectorBits}
     */
    static void requireBits(int vectorBits) {
        int widest = machineBits();
        if (Math.max(vectorBits, NARROWEST_KERNELS) <= widest) {
            return;
        }
        String machine = "the vectors of this machine, as this JVM uses them, have " + widest + " bits";
        throw new ModelException(widest < NARROWEST_KERNELS
                ? machine + ", but the model's kernels need at least " + NARROWEST_KERNELS
                        + ": start the JVM without options that narrow them, such as -XX:MaxVectorSize"
                : machine + ", not the " + vectorBits + " that were asked for: open the model with " + widest
                        + " bits or fewer, or with 0 for the widest; a model jar has kernels for every width");
    }

    /**
     * Keeps a process to vectors of one width, that of its first model.
     *
     * @param vectorBits of the model that is about to be opened
     */
    static void claim(int vectorBits) {
        int bits = ProcessVectors.claim(vectorBits);
        if (bits != vectorBits) {
            throw new ModelException("a model with vectors of " + bits + " bits was opened in this process before, and"
                    + " HotSpot compiles vectors of no other width well after that: open this one with " + bits
                    + " bits, not " + vectorBits + ", or in another process");
        }
    }
}
