package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that a model asks of the system, from opening to closing, is refused in turn: the first time, the second,
 * and so on until nothing is. Each time the model is refused in a {@link ModelException} or answers rightly, nothing
 * stays behind, and the next attempt gets further.
 */
@Timeout(300)
class RuntimeFaultsTest {

    private static final OpenOptions OPTIONS = OpenOptions.DEFAULT.withThreads(3);
    private static final String JAR = "batch.jar";

    @TempDir
    private Path folder;

    private Path jar;
    private float[] images;
    private float[] answer;

    @BeforeEach
    void answerWithoutFaults() throws IOException {
        try (InputStream stream = RuntimeFaultsTest.class.getResourceAsStream("baseline/" + JAR)) {
            jar = Files.write(folder.resolve(JAR), stream.readAllBytes());
        }
        try (CompiledModel model = CompiledModel.open(jar, OPTIONS)) {
            images = SelfTest.image(2, model.signature().batch() * model.signature().inputLength());
            answer = model.run(images);
        }
    }

    /** What may be refused once. */
    private interface Fault {

        /** Opens the model with it. */
        CompiledModel open() throws IOException;

        /** Whether it was. */
        boolean happened();

        /** Fails if anything is still there. */
        void requireNothingLeft() throws InterruptedException;
    }

    /**
     * Attempts to open, run and close a model with each fault.
     *
     * @return what was said of each
     */
    private List<String> attempt(IntFunction<Fault> faults) throws IOException, InterruptedException {
        List<String> outcomes = new ArrayList<>();
        while (true) {
            Fault fault = faults.apply(outcomes.size() + 1);
            Optional<String> refusal = refusal(fault);
            fault.requireNothingLeft();
            requireNoThreads();
            if (!fault.happened()) {
                assertEquals(Optional.empty(), refusal);
                return outcomes;
            }
            outcomes.add(refusal.orElse("answers"));
        }
    }

    private Optional<String> refusal(Fault fault) throws IOException {
        try (CompiledModel model = fault.open()) {
            assertArrayEquals(answer, model.run(images));
            return Optional.empty();
        } catch (ModelException typed) {
            return Optional.of(typed.getMessage());
        } catch (RuntimeException | Error other) {
            return fail("ends in " + other, other);
        }
    }

    private static void requireNoThreads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("xceptionc-")) {
                thread.join(10_000);
                assertFalse(thread.isAlive(), thread::getName);
            }
        }
    }

    @Test
    void reads() throws Exception {
        List<String> outcomes = attempt(FaultyReads::new);
        assertTrue(outcomes.size() > 20, outcomes::toString);
        List<String> kinds = outcomes.stream().map(outcome -> outcome.replace(jar.toString(), "JAR")
                .replaceAll("xceptionc\\.model[.a-zA-Z0-9]*", "CLASS")).distinct().toList();
        assertEquals(List.of("JAR is no readable jar file: the disk is gone; copy it again, or compile the model again",
                "answers", // where only the length of the weights was to be known
                "the weights of CLASS cannot be read: the disk is gone; compile the model again"), kinds);
    }

    /** A jar of which one read fails. */
    private final class FaultyReads implements Fault {

        private final int refused;
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();

        FaultyReads(int refused) {
            this.refused = refused;
        }

        private void read() throws IOException {
            if (reads.incrementAndGet() == refused) {
                throw new IOException("the disk is gone");
            }
        }

        @Override
        public CompiledModel open() throws IOException {
            return ModelArchive.open(jar, file -> new FaultyJar(file, this), OPTIONS, Grants.OF_THE_SYSTEM);
        }

        @Override
        public boolean happened() {
            return reads.get() >= refused;
        }

        @Override
        public void requireNothingLeft() {
            assertEquals(0, open.get());
        }
    }

    private static final class FaultyJar extends JarFile {

        private final FaultyReads faults;

        FaultyJar(File file, FaultyReads faults) throws IOException {
            super(file);
            this.faults = faults;
            faults.open.incrementAndGet();
        }

        @Override
        public synchronized InputStream getInputStream(ZipEntry entry) throws IOException {
            faults.read();
            InputStream stream = super.getInputStream(entry);
            faults.open.incrementAndGet();
            return new FilterInputStream(stream) {
                private boolean closed;

                @Override
                public int read() throws IOException {
                    faults.read();
                    return super.read();
                }

                @Override
                public int read(byte[] bytes, int start, int length) throws IOException {
                    faults.read();
                    return super.read(bytes, start, length);
                }

                @Override
                public void close() throws IOException {
                    if (!closed) {
                        closed = true;
                        faults.open.decrementAndGet();
                    }
                    super.close();
                }
            };
        }

        @Override
        public void close() throws IOException {
            faults.open.decrementAndGet();
            super.close();
        }
    }

    @Test
    void allocations() throws Exception {
        List<String> outcomes = attempt(FaultyAllocations::new);
        assertTrue(outcomes.size() > 4, outcomes::toString);
        String end = " bytes); close models and sessions that are not in use, or give the process more";
        Set<String> refusals = Set.of(
                "the model 'batch' takes N bytes of memory, more than there is (Unable to allocate N" + end,
                "a session of model 'batch' takes N bytes of memory, more than there is (Unable to allocate N" + end,
                "there was too little memory to get the kernels of xceptionc.model.batch.Batch compiled (Unable to allocate"
                        + " N" + end + ", and open the model again");
        // Which of them it is depends on how far the warm-up's thread has come, whose memory comes in between.
        assertEquals(List.of(), outcomes.stream().map(outcome -> outcome.replaceAll("[0-9]+", "N"))
                .filter(outcome -> !refusals.contains(outcome)).toList());
    }

    /** Memory of which one allocation is refused, be it of weights, a session or a warm-up. */
    private final class FaultyAllocations implements Fault {

        private final int refused;
        private final FaultyMemory memory;

        FaultyAllocations(int refused) {
            this.refused = refused;
            memory = new FaultyMemory(refused, true);
        }

        @Override
        public CompiledModel open() {
            return ModelArchive.open(jar, OPTIONS, memory.withThreads());
        }

        @Override
        public boolean happened() {
            return memory.allocations() >= refused;
        }

        @Override
        public void requireNothingLeft() {
            assertEquals(0, memory.openArenas());
        }
    }

    @Test
    void maps() throws Exception {
        List<String> outcomes = attempt(FaultyMaps::new);
        assertTrue(outcomes.size() > 4, outcomes::toString);
        assertEquals(Set.of("the weights of xceptionc.model.batch.Batch cannot be mapped: " + jar
                + ": the disk is gone; open the model without mapped weights"), Set.copyOf(outcomes));
    }

    /** A jar whose weights are mapped, and of which one opening, reading or mapping fails. */
    private final class FaultyMaps implements Fault {

        private final int refused;
        private final FaultyMemory memory = new FaultyMemory(0, true);
        private final AtomicInteger operations = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();

        FaultyMaps(int refused) {
            this.refused = refused;
        }

        private void operate() throws IOException {
            if (operations.incrementAndGet() == refused) {
                throw new IOException("the disk is gone");
            }
        }

        @Override
        public CompiledModel open() {
            Grants grants = new Grants(memory, Grants.OF_THE_SYSTEM.threads(), file -> {
                operate();
                return new FaultyChannel(FileChannel.open(file), this::operate, open);
            });
            return ModelArchive.open(jar, OPTIONS.withMappedWeights(), grants);
        }

        @Override
        public boolean happened() {
            return operations.get() >= refused;
        }

        @Override
        public void requireNothingLeft() {
            assertEquals(0, open.get());
            assertEquals(0, memory.openArenas());
        }
    }

    /** The first is to begin the warm-up, so the model is refused; others of it can be done without. */
    @Test
    void threads() throws Exception {
        List<String> outcomes = attempt(refused -> new FaultyThreads(refused, refused));
        int warmingUp = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        List<String> expected = new ArrayList<>(Collections.nCopies(warmingUp + 2, "answers"));
        expected.set(0, FaultyThreads.WITHOUT_WARM_UP);
        expected.set(warmingUp, FaultyThreads.WITHOUT_WORKERS);
        expected.set(warmingUp + 1, FaultyThreads.WITHOUT_WORKERS);
        assertEquals(expected, outcomes);
    }

    /** As where a process is at its limit: from some thread on none is granted. */
    @Test
    void allThreadsFromOneOn() throws Exception {
        List<String> outcomes = attempt(first -> new FaultyThreads(first, Integer.MAX_VALUE));
        List<String> expected = new ArrayList<>(
                Collections.nCopies(outcomes.size(), FaultyThreads.WITHOUT_WORKERS));
        expected.set(0, FaultyThreads.WITHOUT_WARM_UP);
        assertEquals(expected, outcomes);
    }

    @Test
    void aThreadForCompilerDirectivesCanBeDoneWithout() {
        FaultyThreads none = new FaultyThreads(1, Integer.MAX_VALUE);
        KernelCompilation.directInBackground(new Grants(none.memory, none, Grants.OF_THE_SYSTEM.files()));
        assertEquals(1, none.count.get());
    }

    /** Threads of which some are refused. */
    private final class FaultyThreads implements Fault, ThreadFactory {

        static final String WITHOUT_WARM_UP = "the system does not grant a thread to get the kernels of"
                + " xceptionc.model.batch.Batch compiled; end threads that are not in use, or give the process more";
        static final String WITHOUT_WORKERS =
                "the system does not grant a model 2 threads beside the caller's; open it with fewer threads";

        private final int first;
        private final int last;
        private final AtomicInteger count = new AtomicInteger();
        private final FaultyMemory memory = new FaultyMemory(0, true);

        FaultyThreads(int first, int last) {
            this.first = first;
            this.last = last;
        }

        @Override
        public Thread newThread(Runnable work) {
            int number = count.incrementAndGet();
            Thread thread = new Thread(work) {
                @Override
                public void start() {
                    if (number >= first && number <= last) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                }
            };
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public CompiledModel open() {
            return ModelArchive.open(jar, OPTIONS, new Grants(memory, this, Grants.OF_THE_SYSTEM.files()));
        }

        @Override
        public boolean happened() {
            return count.get() >= first;
        }

        @Override
        public void requireNothingLeft() {
            assertEquals(0, memory.openArenas());
        }
    }
}
