package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails while a model is opened, the message says it and nothing stays behind. */
class ModelResourcesTest {

    private static final OpenOptions OPTIONS = OpenOptions.DEFAULT.withThreads(3);

    private static CompiledModel open(TinyModel tiny, FaultyMemory memory) {
        return ModelResources.open(tiny.generated(), OPTIONS, memory.withThreads(), () -> {
        });
    }

    @Test
    void anIntactModelRunsAndLeavesNothing() throws InterruptedException {
        FaultyMemory memory = new FaultyMemory(0);
        try (CompiledModel model = open(TinyModel.intact(), memory)) {
            assertArrayEquals(new float[] {6}, model.run(new float[] {2}));
            assertTrue(memory.openArenas() > 0);
        }
        assertNothingLeft(memory);
    }

    /** How many allocations it takes to open a model and a session. */
    private static int allocations() {
        FaultyMemory whole = new FaultyMemory(0);
        try (CompiledModel model = open(TinyModel.intact(), whole)) {
            model.newSession();
        }
        return whole.allocations();
    }

    @Test
    void everyAllocationMayFail() throws InterruptedException {
        assertTrue(allocations() > 3);
        for (int refused = 1; refused <= allocations(); refused++) {
            FaultyMemory memory = new FaultyMemory(refused);
            String message = assertThrows(ModelException.class, () -> {
                try (CompiledModel model = open(TinyModel.intact(), memory)) {
                    model.newSession();
                }
            }).getMessage();
            String what = refused == 1 ? "the model 'tiny' takes 4" : "a session of model 'tiny' takes";
            assertTrue(message.startsWith(what), message);
            assertTrue(
                    message.endsWith(
                            " bytes); close models and sessions that are not in use, or give the process more"),
                    message);
            assertNothingLeft(memory);
        }
    }

    @Test
    void aModelOutlivesASessionForWhichThereIsNoMemory() throws InterruptedException {
        FaultyMemory memory = new FaultyMemory(allocations() + 2);
        try (CompiledModel model = open(TinyModel.intact(), memory)) {
            Session first = model.newSession();
            long open = memory.openArenas();
            assertThrows(ModelException.class, model::newSession);
            assertEquals(open, memory.openArenas());
            float[] result = new float[1];
            first.run(new float[] {5}, result);
            assertArrayEquals(new float[] {15}, result);
            assertArrayEquals(new float[] {21}, model.run(new float[] {7}));
        }
        assertNothingLeft(memory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void weightsMayBecomeUnreadable(int readable) throws InterruptedException {
        InputStream weights = new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
                if (count == readable) {
                    throw new IOException("the disk is gone");
                }
                return TinyModel.WEIGHTS[count++];
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                bytes[start] = (byte) read();
                return 1;
            }
        };
        assertRefused(
                "the weights of io.xceptionc.runtime.TinyNetwork cannot be read: the disk is gone; compile the model"
                        + " again",
                new TinyModel(TinyModel.METADATA, weights));
    }

    @Test
    void weightsMayBeCutAnywhere() throws InterruptedException {
        for (int length = 0; length < TinyModel.WEIGHTS.length; length++) {
            assertRefused("the weights of io.xceptionc.runtime.TinyNetwork cannot be read: they end after " + length
                    + " of 4 bytes; compile the model again",
                    new TinyModel(TinyModel.METADATA,
                            new ByteArrayInputStream(Arrays.copyOf(TinyModel.WEIGHTS, length))));
        }
    }

    @Test
    void everyFlippedBitOfTheWeightsIsNoticed() throws InterruptedException {
        for (int bit = 0; bit < TinyModel.WEIGHTS.length * 8; bit++) {
            byte[] flipped = TinyModel.WEIGHTS.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            FaultyMemory memory = new FaultyMemory(0);
            TinyModel tiny = new TinyModel(TinyModel.METADATA, new ByteArrayInputStream(flipped));
            String message = assertThrows(ModelException.class, () -> open(tiny, memory)).getMessage();
            assertTrue(message.startsWith("the weights of io.xceptionc.runtime.TinyNetwork are damaged: "), message);
            assertNothingLeft(memory);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    batch = 1           | batch = 0                      | a batch of 0 of [1] is none that can be
                    batch = 1           | batch = 65536 = 1              | For input string: "65536 = 1"
                    input = 1           | input = -1                     | a batch of 1 of [-1] is none that can be
                    output = 1          | output = 65536 65536 65536     | an output of [65536, 65536, 65536] is none that can be
                    constants.bytes = 4 | constants.bytes = -4           | constants have no -4 bytes
                    constants.bytes = 4 | constants.bytes = \\u00zz      | Malformed \\uxxxx encoding.
                    """)
    void metadataThatCannotBeAreRefused(String line, String damaged, String problem) throws InterruptedException {
        assertRefused("the metadata of io.xceptionc.runtime.TinyNetwork is damaged: " + problem
                + "; compile the model again",
                new TinyModel(TinyModel.METADATA.replace(line, damaged),
                        new ByteArrayInputStream(TinyModel.WEIGHTS)));
    }

    @Test
    void metadataThatAreTooLongAreRefused() throws InterruptedException {
        assertRefused(
                "the metadata of io.xceptionc.runtime.TinyNetwork is damaged: it has more than 16777216 bytes; compile"
                        + " the model again",
                new TinyModel(TinyModel.METADATA + "#".repeat(1 << 24), new ByteArrayInputStream(TinyModel.WEIGHTS)));
    }

    @Test
    void everyLineOfTheMetadataIsNeeded() throws InterruptedException {
        for (String line : TinyModel.METADATA.lines().toList()) {
            String key = line.substring(0, line.indexOf(' '));
            assertRefused("the model's metadata lacks '" + key + "'; compile the model again",
                    new TinyModel(TinyModel.METADATA.replace(line, ""), new ByteArrayInputStream(TinyModel.WEIGHTS)));
        }
    }

    private static void assertRefused(String expected, TinyModel tiny) throws InterruptedException {
        FaultyMemory memory = new FaultyMemory(0);
        assertEquals(expected, assertThrows(ModelException.class, () -> open(tiny, memory)).getMessage());
        assertNothingLeft(memory);
    }

    private static void assertNothingLeft(FaultyMemory memory) throws InterruptedException {
        assertEquals(0, memory.openArenas());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("xceptionc-")) {
                thread.join(10_000);
                assertFalse(thread.isAlive(), thread::getName);
            }
        }
    }
}
