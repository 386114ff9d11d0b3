package io.xceptionc.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * HotSpot's optimising compiler, C2, on a machine with fused multiply-add: all kernels multiply with that, and nothing
 * else makes few instructions of their vectors. Java computes the same without, very slowly.
 */
final class VectorCompiler {

    private static final Logger LOGGER = System.getLogger(VectorCompiler.class.getName());
    private static final int LEVEL_OF_C2 = 4;

    private static final Optional<String> LACK = findLack();
    private static boolean warned;

    private VectorCompiler() {}

    /** Whether it is there, as far as can be known. */
    static boolean isPresent() {
        return LACK.isEmpty();
    }

    /** What is missing; empty if nothing is. */
    static String lack() {
        return LACK.orElse("");
    }

    /** Refuses to do without. */
    static void require() {
        if (LACK.isPresent()) {
            throw new ModelException(LACK.get() + ": the model would answer hundreds of times later, and was to be"
                    + " opened strictly");
        }
    }

    /** Logs what is missing, once in a process. */
    static synchronized void warnWithout() {
        if (!warned && LACK.isPresent()) {
            LOGGER.log(Logger.Level.WARNING,
                    LACK.get() + ": results are right, but come hundreds of times later");
        }
        warned = true;
    }

    private static Optional<String> findLack() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (options == null) {
            return Optional.empty(); // another JVM, of which nothing is known
        }
        boolean compiles = option(options, "MaxVectorSize").isPresent() // an option of C2
                && option(options, "UseCompiler").equals(Optional.of("true"))
                && option(options, "TieredStopAtLevel").map(Integer::valueOf).orElse(LEVEL_OF_C2) >= LEVEL_OF_C2
                && !option(options, "CompilationMode").equals(Optional.of("quick-only"));
        if (!compiles) {
            return Optional.of("this JVM has no optimising compiler (C2), or was told not to use it"
                    + " (-Xint, -XX:TieredStopAtLevel, -XX:CompilationMode)");
        }
        return option(options, "UseFMA").equals(Optional.of("false"))
                ? Optional.of("this CPU has no fused multiply-add, or the JVM was told not to use it (-XX:-UseFMA)")
                : Optional.empty();
    }

    private static Optional<String> option(HotSpotDiagnosticMXBean options, String name) {
        try {
            return Optional.of(options.getVMOption(name).getValue());
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a JVM built without what it is for
        }
    }
}
