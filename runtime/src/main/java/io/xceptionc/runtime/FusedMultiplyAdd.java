package io.xceptionc.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;

/** The machine's instruction that every kernel multiplies with; Java computes it exactly, and very slowly, where there is none. */
final class FusedMultiplyAdd {

    private static final Logger LOGGER = System.getLogger(FusedMultiplyAdd.class.getName());

    private FusedMultiplyAdd() {}

    /** Logs that kernels will crawl if this JVM does without the instruction. */
    static void warnWithout() {
        if (!isUsed()) {
            LOGGER.log(Logger.Level.WARNING, "this CPU has no fused multiply-add, or the JVM was told not to use it"
                    + " (-XX:-UseFMA): results are right, but come hundreds of times later");
        }
    }

    private static boolean isUsed() {
        try {
            HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return options == null || Boolean.parseBoolean(options.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException _) {
            return true; // another JVM, of which nothing is known
        }
    }
}
