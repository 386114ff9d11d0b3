package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.KernelClasses;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Sees to it that HotSpot compiles kernels with C2, by compiler directives for generated classes and for those of the
 * kernels that models share. C1 runs out of registers on a large loop over vectors; if it has compiled one without
 * profiling before it notices, HotSpot keeps that code for ever, a hundred times too slow. So C1 is told to leave the
 * loops to the interpreter until C2 takes them. Who calls a loop when it is to be compiled waits for that: HotSpot
 * takes such requests first, however many others there are. The calls of the warm-up stay calls, which HotSpot counts,
 * and are not worth compiling.
 *
 * @see <a href="https://openjdk.org/jeps/165">JEP 165: Compiler Control</a>
 */
final class KernelCompilation {

    private static final Logger LOGGER = System.getLogger(KernelCompilation.class.getName());
    private static final String DIAGNOSTIC_COMMAND = "com.sun.management:type=DiagnosticCommand";

    private static volatile boolean given;

    private KernelCompilation() {}

    /**
     * Begins to give the directives, in the background: to load what takes them takes longer than to find and load a
     * model.
     */
    static void prepare(Grants grants) {
        if (!given) {
            directInBackground(grants);
        }
    }

    /** Without a thread, the warm-up gives the directives, a little later. */
    static void directInBackground(Grants grants) {
        try {
            grants.start("xceptionc-directives", KernelCompilation::direct);
        } catch (OutOfMemoryError refused) {
            LOGGER.log(Logger.Level.DEBUG, "the system does not grant a thread for compiler directives", refused);
        }
    }

    /**
     * Gives the directives, once for all models of a process, as HotSpot has room for few. Must come before kernels run
     * often; where the JVM takes no directives, it is logged, and the kernels may be slow.
     */
    static synchronized void direct() {
        if (given) {
            return;
        }
        given = true;
        if (!VectorCompiler.isPresent()) {
            return; // C1 is then the best there is
        }
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer(); // takes long, so before there is a file
            Path file = Files.createTempFile("xceptionc", ".json", ownerOnly());
            try {
                deleteAtTheEnd(file);
                Files.writeString(file, directives());
                add(file, server);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | JMException | RuntimeException e) {
            LOGGER.log(Logger.Level.WARNING,
                    "HotSpot takes no compiler directives here, so that kernels may stay slow: " + e);
        }
    }

    /**
     * The first that matches a method counts. Loops over vectors begin with an array or a segment, what calls them with
     * the frame, loops over single numbers, which C1 compiles well, with another parameter. Functions of vectors are
     * inlined however large they are, as a vector that crosses a call becomes an object.
     */
    private static String directives() {
        return """
                [{
                  match: [%s],
                  c1: { Exclude: true },
                  BackgroundCompilation: false,
                  inline: ["+io/xceptionc/runtime/kernel/shared/VectorFunctions.*"]
                }, {
                  match: ["*.runLoop(IILio/xceptionc/runtime/kernel/Frame;", "io/xceptionc/runtime/WarmUp.*"],
                  Exclude: true
                }, {
                  match: ["*.*(Lio/xceptionc/runtime/kernel/Frame;"],
                  inline: [%s]
                }]
                """.formatted(loops(""), loops("-"));
    }

    /** The loops over vectors in the classes of kernels, generated ones and those that models share. */
    private static String loops(String prefix) {
        return Stream.concat(IntStream.of(128, 256, 512).mapToObj(bits -> KernelClasses.nameOf("*", bits)),
                Stream.of("io/xceptionc/runtime/kernel/shared/*"))
                .flatMap(kernels -> Stream.of("[F", "Ljava/lang/foreign/MemorySegment;")
                        .map(type -> '"' + prefix + kernels + ".*(" + type + '"'))
                .collect(Collectors.joining(", "));
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** For a JVM that ends meanwhile, and this thread with it. */
    private static void deleteAtTheEnd(Path file) {
        try {
            file.toFile().deleteOnExit();
        } catch (IllegalStateException _) {
            // It ends already.
        }
    }

    private static void add(Path file, MBeanServer server) throws JMException {
        server.invoke(new ObjectName(DIAGNOSTIC_COMMAND), "compilerDirectivesAdd",
                new Object[] {new String[] {file.toString()}}, new String[] {String[].class.getName()});
    }
}
