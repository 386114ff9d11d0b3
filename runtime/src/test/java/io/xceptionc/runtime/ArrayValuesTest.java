package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What arrays mean to a model, which computes three times what its network sees: half a raw value less one. */
class ArrayValuesTest {

    private static final String PICTURES = TinyModel.METADATA.replace("input = 1", "input = 1 1 1") + """
            value.0 = 0 4 4 4 1 1 scale scale
            picture.channels = GREY
            picture.resize = exact
            picture.interpolation = BILINEAR
            """;
    private static final String PLAIN = PICTURES + "picture.scale = 0.5\npicture.offset = -1.0\n";
    private static final String RAW =
            PICTURES + "picture.scale = 1.0\npicture.offset = 0.0\narray.scale = 0.5\narray.offset = -1.0\n";
    private static final String BOTH =
            PICTURES + "picture.scale = 0.25\npicture.offset = 3.0\narray.scale = 0.5\narray.offset = -1.0\n";

    private static void with(String metadata, ArrayValues arrays, Consumer<CompiledModel> test) {
        TinyModel files = new TinyModel(metadata, new ByteArrayInputStream(TinyModel.WEIGHTS));
        try (CompiledModel model = CompiledModel.open(files.generated(), OpenOptions.DEFAULT.withArrays(arrays))) {
            test.accept(model);
        }
    }

    /** The answer to an array, by whatever way it is given. */
    private static float answer(CompiledModel model, float value) {
        float[] image = {value};
        float[] answer = model.run(image);
        try (Session session = model.newSession()) {
            float[] results = new float[1];
            session.run(image, results);
            assertArrayEquals(answer, results);
            session.input().copyFrom(MemorySegment.ofArray(image));
            session.run();
            assertEquals(answer[0], session.output().toArray(ValueLayout.JAVA_FLOAT)[0]);
            results[0] = 0;
            session.run(MemorySegment.ofArray(image).asReadOnly(), MemorySegment.ofArray(results));
            assertArrayEquals(answer, results);
        }
        model.trace(image, (_, _, elements) -> assertArrayEquals(answer, elements));
        assertArrayEquals(new float[] {value}, image);
        return answer[0];
    }

    private static float answerToPicture(CompiledModel model, int level) {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(0, 0, 0, level);
        return model.classify(picture, 1).getFirst().score();
    }

    @Test
    void modelsOfEarlierVersionsTakeTheNetworksInput() {
        with(PLAIN, ArrayValues.AS_COMPILED, model -> {
            assertEquals(12, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4));
            assertTrue(model.signature().arrayScaling().isNone());
        });
    }

    @Test
    void rawArraysAreScaledAndPicturesAgreeWithThem() {
        with(RAW, ArrayValues.AS_COMPILED, model -> {
            assertEquals(3, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4));
            assertEquals(new ArrayScaling(List.of(new ChannelScaling(0.5, -1))), model.signature().arrayScaling());
        });
        with(BOTH, ArrayValues.AS_COMPILED, model -> {
            assertEquals(3, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4)); // 4 / 4 + 3
        });
    }

    @Test
    void callersMayFeedTheNetworkBehindTheScaling() {
        with(RAW, ArrayValues.SCALED, model -> {
            assertEquals(12, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4));
            assertTrue(model.signature().arrayScaling().isNone());
        });
        with(BOTH, ArrayValues.SCALED, model -> {
            assertEquals(12, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4));
        });
        with(PLAIN, ArrayValues.SCALED, model -> assertEquals(12, answer(model, 4)));
    }

    @Test
    void callersMayFeedRawValuesToAModelThatTakesNone() {
        with(PLAIN, ArrayValues.RAW, model -> {
            assertEquals(3, answer(model, 4));
            assertEquals(3, answerToPicture(model, 4));
        });
        with(RAW, ArrayValues.RAW, model -> assertEquals(3, answer(model, 4)));
    }

    @Test
    void noModelIsScaledByWhatNobodySaid() {
        ModelException refused = assertThrows(ModelException.class,
                () -> with(TinyModel.METADATA, ArrayValues.RAW, model -> answer(model, 4)));
        assertEquals("model 'tiny' does not say how raw arrays are scaled; open it without asking for raw arrays",
                refused.getMessage());
    }

    @Test
    void allImagesOfABatchAreScaled() {
        with(RAW.replace("batch = 1", "batch = 3"), ArrayValues.AS_COMPILED,
                model -> assertArrayEquals(new float[] {3, -3, 0}, model.run(new float[] {4, 0, 2})));
    }
}
