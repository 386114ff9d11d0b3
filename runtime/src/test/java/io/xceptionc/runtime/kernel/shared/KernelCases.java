package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;

/** Cases of some kernels, each held against loops in double. */
interface KernelCases {

    /** Around the widths of vectors and blocks. */
    List<Integer> CHANNELS = List.of(1, 13, 16, 17, 32, 33, 64, 207);

    /** Which ones. */
    List<SharedKernel> kernels();

    /** Checks all of them. */
    void run(KernelMemory memory);
}
