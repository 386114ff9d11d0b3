package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.Session;
import io.xceptionc.runtime.VectorStatus;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;

/**
 * Opens a jar in a JVM of its own, does something to the file, and then all that a program may do with the open model.
 * Prints each result in a line. Arguments: the jar, a jar of another model, a folder for copies, whether the warm-up
 * ends first.
 */
final class ChangedJarProbe {

    private final Path other;
    private final boolean warm;

    private ChangedJarProbe(Path other, boolean warm) {
        this.other = other;
        this.warm = warm;
    }

    /** What happens to a jar. */
    enum Change {
        REPLACED, OVERWRITTEN, FILLED, CUT, EMPTIED, GROWN, DELETED;

        void apply(Path file, Path other) throws IOException {
            switch (this) {
                case REPLACED -> Files.move(Files.copy(other, file.resolveSibling("new")), file,
                        StandardCopyOption.ATOMIC_MOVE);
                case OVERWRITTEN -> Files.write(file, Files.readAllBytes(other), StandardOpenOption.WRITE);
                case FILLED -> {
                    byte[] noise = new byte[(int) Files.size(file)];
                    new Random(1).nextBytes(noise);
                    Files.write(file, noise, StandardOpenOption.WRITE);
                }
                case CUT -> cut(file, Files.size(file) / 2);
                case EMPTIED -> cut(file, 0);
                case GROWN -> Files.write(file, new byte[100_000], StandardOpenOption.APPEND);
                case DELETED -> Files.delete(file);
            }
        }

        private static void cut(Path file, long bytes) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        ChangedJarProbe probe =
                new ChangedJarProbe(Path.of(arguments[1]), Boolean.parseBoolean(arguments[3]));
        for (Change change : Change.values()) {
            Path file = Files.copy(Path.of(arguments[0]), folder.resolve(change + ".jar"),
                    StandardCopyOption.REPLACE_EXISTING);
            System.out.println(change + " " + probe.use(file, change));
            System.out.println(change + " again " + opened(file));
        }
    }

    private String use(Path file, Change change) throws Exception {
        try (CompiledModel model = CompiledModel.open(file, OpenOptions.DEFAULT.withThreads(2));
                Session session = model.newSession()) {
            if (warm) {
                model.awaitWarmUp();
            }
            VectorStatus.State state = model.vectorStatus().state();
            change.apply(file, other);
            float[] image = ModelVersion.image();
            float[] result = model.run(image);
            require(result, session);
            try (Session later = model.newSession()) {
                require(result, later);
            }
            model.trace(image, (step, _, elements) -> {
                if (step.equals(model.steps().getLast()) && !Arrays.equals(result, elements)) {
                    throw new AssertionError("another result in a trace");
                }
            });
            return state + " " + loadAll(model) + " " + model.selfTest().passed() + " " + Arrays.toString(result);
        }
    }

    private static void require(float[] expected, Session session) {
        float[] result = new float[expected.length];
        session.run(ModelVersion.image(), result);
        if (!Arrays.equals(expected, result)) {
            throw new AssertionError(Arrays.toString(expected) + " became " + Arrays.toString(result));
        }
    }

    /** Loads the classes that this machine does not need. */
    private static int loadAll(CompiledModel model) throws ReflectiveOperationException {
        Field field = CompiledModel.class.getDeclaredField("network");
        field.setAccessible(true);
        Class<?> generated = field.get(model).getClass();
        int count = 0;
        for (String suffix : new String[] {"", "Model", "Kernels", "Kernels128", "Kernels256", "Kernels512"}) {
            Class.forName(generated.getName() + suffix, true, generated.getClassLoader());
            count++;
        }
        return count;
    }

    private static String opened(Path file) {
        try (CompiledModel model = CompiledModel.open(file)) {
            return Arrays.toString(model.run(ModelVersion.image()));
        } catch (ModelException e) {
            return e.getMessage();
        }
    }
}
