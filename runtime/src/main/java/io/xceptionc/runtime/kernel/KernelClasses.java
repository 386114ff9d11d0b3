package io.xceptionc.runtime.kernel;

/**
 * What the classes of generated kernels are called, one for each width of vectors: how the compiler names them, and how
 * HotSpot is told which methods are kernels. The names of classes are all that HotSpot's compiler directives can go by.
 */
public final class KernelClasses {

    /** What the name of a network's class is followed by in that of its kernels, which all widths have in common. */
    public static final String SUFFIX = "Kernels";

    private KernelClasses() {}

    /**
     * The class that holds a network's kernels.
     *
     * @param networkClass the network's class
     * @param vectorBits the width of vectors
     */
    public static String nameOf(String networkClass, int vectorBits) {
        return networkClass + SUFFIX + vectorBits;
    }
}
