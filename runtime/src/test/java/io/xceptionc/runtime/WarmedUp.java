package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;

/** Gets kernels compiled as a model that uses them does when it is opened. */
public final class WarmedUp {

    /** What is not compiled in time on a busy machine will be in one of the next times. */
    private static final int MOST_ATTEMPTS = 5;

    private WarmedUp() {}

    /** Waits until C2 has compiled the loops of some kernels, so that they allocate nothing. */
    public static void await(List<SharedKernel> kernels) {
        VectorStatus status = warmUp(kernels);
        for (int attempt = 1; attempt < MOST_ATTEMPTS && status.state() != VectorStatus.State.COMPILED; attempt++) {
            status = warmUp(kernels);
        }
        if (status.state() != VectorStatus.State.COMPILED) {
            throw new AssertionError(status);
        }
    }

    private static VectorStatus warmUp(List<SharedKernel> kernels) {
        WarmUp warmUp = WarmUp.start(new TinyNetwork(0) {
            @Override
            public List<SharedKernel> sharedKernels() {
                return kernels;
            }
        }, Grants.OF_THE_SYSTEM);
        warmUp.await();
        warmUp.requireSuccess();
        return warmUp.status();
    }
}
