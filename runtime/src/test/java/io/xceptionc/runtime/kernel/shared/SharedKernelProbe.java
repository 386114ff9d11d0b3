package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.WarmedUp;
import io.xceptionc.runtime.kernel.ProcessVectors;

/**
 * Checks kernels that C2 has compiled, with vectors of one width, and prints a digest of their results. Arguments: the
 * width and a class of cases.
 */
final class SharedKernelProbe {

    private SharedKernelProbe() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int bits = Integer.parseInt(arguments[0]);
        if (ProcessVectors.claim(bits) != bits || Vectors.LANES != bits / Float.SIZE) {
            throw new AssertionError("the process has vectors of " + Vectors.LANES + " numbers");
        }
        KernelCases cases =
                Class.forName(arguments[1]).asSubclass(KernelCases.class).getDeclaredConstructor().newInstance();
        WarmedUp.await(cases.kernels());
        try (KernelMemory memory = new KernelMemory()) {
            cases.run(memory);
            memory.requireNoAllocation();
            System.out.println(memory.digest());
        }
    }
}
