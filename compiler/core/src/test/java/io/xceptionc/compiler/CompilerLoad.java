package io.xceptionc.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** Threads that give both of HotSpot's compilers more to do than they can, with ever new classes of much used code. */
final class CompilerLoad implements AutoCloseable {

    private static final int CALLS = 30_000;
    private static final int YOUNGEST = 20;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger sum = new AtomicInteger();
    private volatile boolean ended;

    /** Starts so many threads. */
    CompilerLoad(int count) {
        byte[] code = code();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> load(code)));
        }
    }

    private static byte[] code() {
        try (InputStream stream = CompilerLoad.class.getResourceAsStream("CompilerLoad$Work.class")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(byte[] code) {
        List<IntUnaryOperator> works = new ArrayList<>();
        while (!ended) {
            works.add(new Loader(code).work());
            for (int call = 0; call < CALLS && !ended; call++) {
                sum.addAndGet(works.get(works.size() - 1 - call % Math.min(works.size(), YOUNGEST)).applyAsInt(call));
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Loader extends ClassLoader {

        private final byte[] code;

        Loader(byte[] code) {
            super(CompilerLoad.class.getClassLoader());
            this.code = code;
        }

        IntUnaryOperator work() {
            try {
                return (IntUnaryOperator) defineClass(Work.class.getName(), code, 0, code.length)
                        .getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }

    /** Several methods that take a compiler long. */
    public static final class Work implements IntUnaryOperator {

        private final TreeMap<Integer, String> map = new TreeMap<>();

        @Override
        public int applyAsInt(int seed) {
            return switch (seed % 4) {
                case 0 -> text(seed);
                case 1 -> tree(seed);
                case 2 -> arithmetic(seed);
                default -> text(seed) + tree(seed) + arithmetic(seed);
            };
        }

        private static int text(int seed) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                text.append(seed + i).append(i % 2 == 0 ? ", " : "; ").append((char) ('a' + (seed + i) % 26));
            }
            return text.toString().replace(',', '.').strip().hashCode();
        }

        private int tree(int seed) {
            map.put(seed % 50, "value " + seed % 7);
            map.remove((seed + 13) % 50);
            int sum = 0;
            for (var entry : map.headMap(10).entrySet()) {
                sum += entry.getKey() * entry.getValue().length();
            }
            return sum;
        }

        private static int arithmetic(int seed) {
            int[] values = new int[16];
            for (int i = 0; i < values.length; i++) {
                values[i] = Integer.rotateLeft(seed * 31, i) ^ Integer.bitCount(seed + i);
            }
            long product = 1;
            for (int value : values) {
                product = Math.floorMod(product * value + 17, 1_000_003L);
            }
            return (int) product;
        }
    }
}
