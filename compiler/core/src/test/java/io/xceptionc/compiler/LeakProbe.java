package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import io.xceptionc.runtime.kernel.Network;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens and closes a model many times in a JVM of its own, by its jar and by a class loader of the program's, keeping
 * memory of its sessions. Prints what the JVM holds early on and at the end; fails if class loaders, memory or files
 * are left. Arguments: the jar, the name of its generated class, and how often.
 */
final class LeakProbe {

    static final int EARLY = 30;

    private static final OpenOptions OPTIONS = OpenOptions.DEFAULT.withThreads(3);
    private static final int RUN_EVERY = 10;
    private static final int OWN_LOADER_EVERY = 4;

    private static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();
    private static final List<MemorySegment> SEGMENTS = new ArrayList<>();

    private LeakProbe() {}

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        for (int count = 1; count <= Integer.parseInt(arguments[2]); count++) {
            boolean run = count % RUN_EVERY == 0;
            if (count % OWN_LOADER_EVERY == 0) {
                openByOwnLoader(jar, arguments[1], run);
            } else {
                use(CompiledModel.open(jar, OPTIONS), jar, run);
            }
            if (count == EARLY) {
                print(jar);
            }
        }
        print(jar);
    }

    private static void openByOwnLoader(Path jar, String className, boolean run) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            Class<? extends Network> generated = loader.loadClass(className).asSubclass(Network.class);
            use(CompiledModel.open(generated, OPTIONS), Path.of("no file"), run);
        }
    }

    private static void use(CompiledModel opened, Path closedFile, boolean run) throws Exception {
        try (CompiledModel model = opened) {
            LOADERS.add(new WeakReference<>(loader(model)));
            if (run) {
                model.run(new float[model.signature().inputLength()]);
                Session session = model.newSession();
                SEGMENTS.addAll(List.of(session.input(), session.output()));
            }
            require(Held.openFiles(closedFile) == 0, "the jar is open");
        }
    }

    private static ClassLoader loader(CompiledModel model) throws ReflectiveOperationException {
        Field network = CompiledModel.class.getDeclaredField("network");
        network.setAccessible(true);
        return network.get(model).getClass().getClassLoader();
    }

    private static void print(Path jar) throws Exception {
        System.out.println(Held.now(jar.getParent()).toText());
        long alive = LOADERS.stream().filter(loader -> loader.get() != null).count();
        require(!LOADERS.isEmpty() && alive == 0, alive + " class loaders of " + LOADERS.size());
        require(!SEGMENTS.isEmpty(), "no segments");
        for (MemorySegment segment : SEGMENTS) {
            requireClosed(segment);
        }
    }

    private static void requireClosed(MemorySegment segment) {
        try {
            segment.get(ValueLayout.JAVA_FLOAT, 0);
        } catch (IllegalStateException _) {
            return;
        }
        throw new AssertionError("memory can still be read");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
