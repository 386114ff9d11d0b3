package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Network;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Sees to it that HotSpot compiles kernels with C2. C1 runs out of registers on them; if it has compiled one without profiling
 * before it notices, HotSpot keeps that code for ever, a hundred times too slow. So C1 is told, by a compiler directive for the
 * generated classes alone, to leave them to the interpreter until C2 takes them.
 *
 * @see <a href="https://openjdk.org/jeps/165">JEP 165: Compiler Control</a>
 */
final class KernelCompilation {

    private static final Logger LOGGER = System.getLogger(KernelCompilation.class.getName());
    private static final String DIAGNOSTIC_COMMAND = "com.sun.management:type=DiagnosticCommand";

    private KernelCompilation() {}

    /**
     * Keeps C1 away from the kernels of a network. Must come before the kernels run often; where the JVM offers no directives,
     * it is logged, and the kernels may be slow.
     */
    static void excludeFromC1(Class<? extends Network> generated) {
        String directive = "[{match: [\"%sKernels*.*\"], BackgroundCompilation: false, c1: {Exclude: true}}]"
                .formatted(generated.getName().replace('.', '/'));
        try {
            Path file = Files.createTempFile("xceptionc", ".json", ownerOnly());
            try {
                Files.writeString(file, directive);
                add(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException | RuntimeException e) {
            LOGGER.log(Logger.Level.WARNING,
                    "HotSpot takes no compiler directives here, so that kernels may stay slow: " + e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private static void add(Path file) throws JMException {
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(DIAGNOSTIC_COMMAND), "compilerDirectivesAdd",
                new Object[] {new String[] {file.toString()}}, new String[] {String[].class.getName()});
    }
}
