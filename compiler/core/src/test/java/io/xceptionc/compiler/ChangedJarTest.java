package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.ChangedJarProbe.Change;
import io.xceptionc.compiler.testing.ForkedJvm;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.VectorStatus;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the file of an open model, the program does not notice. */
class ChangedJarTest {

    private static final int OPENINGS = 20;
    private static final long MOST_NANOS = 120_000_000_000L;
    private static final List<OpenOption[]> WAYS = List.of(new OpenOption[0],
            new OpenOption[] {StandardOpenOption.WRITE});

    @TempDir
    private static Path folder;

    private static Path jar;
    private static Path other;
    private static String answer;
    private static String otherAnswer;

    @BeforeAll
    static void compile() throws Exception {
        jar = new ModelVersion("small", 2).jar(folder);
        other = new ModelVersion("small", 5).jar(folder);
        List<String> answers = ForkedJvm.run(VersionsProbe.class, List.of(), jar, other).lines().toList();
        answer = answers.get(0);
        otherAnswer = answers.get(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOpenModelIsWholeWithoutItsFile(boolean warm) throws Exception {
        Path copies = Files.createTempDirectory(folder, "copies");
        String output = ForkedJvm.run(ChangedJarProbe.class, List.of(), jar, other, copies, warm);
        String soon = output.replace(VectorStatus.State.WARMING_UP.name(), VectorStatus.State.COMPILED.name());
        assertEquals(warm, soon.equals(output), output); // on a busy machine some may be compiled all the same
        StringBuilder expected = new StringBuilder();
        for (Change change : Change.values()) {
            expected.append("%s COMPILED 6 true %s%n".formatted(change, answer))
                    .append("%s again %s%n".formatted(change, again(change, copies.resolve(change + ".jar"))));
        }
        assertEquals(expected.toString(), soon);
    }

    /** What comes of opening the file anew. */
    private static String again(Change change, Path file) {
        return switch (change) {
            case REPLACED, OVERWRITTEN -> otherAnswer;
            case FILLED, EMPTIED -> file + " is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar";
            case CUT, GROWN ->
                    file + " is no readable jar file: zip END header not found; copy it again, or compile the"
                            + " model again";
            case DELETED -> file + ": no such file";
        };
    }

    /** Whoever gives a jar its place by moving it there gives it as a whole. */
    @Test
    void aJarIsReplacedWhileItIsOpened() throws Exception {
        Path file = Files.copy(jar, folder.resolve("moving.jar"));
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Integer> moving = new FutureTask<>(() -> {
            int moves = 0;
            for (; !ended.get(); moves++) {
                Files.move(Files.copy(moves % 2 == 0 ? other : jar, folder.resolve("next.jar")), file,
                        StandardCopyOption.ATOMIC_MOVE);
            }
            return moves;
        });
        Thread.ofPlatform().start(moving);
        Set<String> answers = new TreeSet<>();
        try {
            for (int i = 0; i < OPENINGS; i++) {
                try (CompiledModel model = CompiledModel.open(file)) {
                    answers.add(Arrays.toString(model.run(ModelVersion.image())));
                }
            }
        } finally {
            ended.set(true);
        }
        assertTrue(moving.get() > OPENINGS);
        assertEquals(new TreeSet<>(List.of(answer, otherAnswer)), answers);
    }

    /** Whoever writes to a jar that is being opened may make that fail, but nothing worse. */
    @Test
    void aJarIsOverwrittenWhileItIsOpened() throws Exception {
        Path file = Files.copy(jar, folder.resolve("changing.jar"));
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Integer> writing = new FutureTask<>(() -> {
            int writes = 0;
            for (; !ended.get(); writes++) {
                Files.write(file, Files.readAllBytes(writes % 2 == 0 ? other : jar), WAYS.get(writes % WAYS.size()));
                Thread.sleep(writes % 10);
            }
            return writes;
        });
        Thread.ofPlatform().start(writing);
        Set<String> answers = new TreeSet<>();
        int refusals = 0;
        long start = System.nanoTime();
        try {
            while (answers.size() + refusals < 10 * OPENINGS
                    || ((answers.isEmpty() || refusals == 0) && System.nanoTime() - start < MOST_NANOS)) {
                try (CompiledModel model = CompiledModel.open(file)) {
                    answers.add(Arrays.toString(model.run(ModelVersion.image())));
                } catch (ModelException _) {
                    refusals++;
                }
            }
        } finally {
            ended.set(true);
        }
        assertTrue(writing.get() > 0);
        assertTrue(refusals > 0 && !answers.isEmpty(), refusals + " " + answers);
        assertTrue(Set.of(answer, otherAnswer).containsAll(answers), answers::toString);
    }
}
