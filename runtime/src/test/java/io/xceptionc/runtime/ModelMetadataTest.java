package io.xceptionc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Channels;
import io.xceptionc.runtime.image.Interpolation;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ModelMetadataTest {

    private static final List<String> LABELS = List.of("a", "b");
    private static final ModelMetadata METADATA = new ModelMetadata(new ModelSignature("m", 3, List.of(8, 9, 1),
            List.of(2), LABELS,
            Optional.of(new Preprocessing(8, 9, Channels.GREY, new Resize.ShorterSide(10), Interpolation.BILINEAR,
                    List.of(new ChannelScaling(1 / 127.5, -1))))),
            List.of(new ModelStep("input", "input", List.of(), 0, 72),
                    new ModelStep("a b", "dense", List.of("dense", "softmax"), 144, 1000)),
            List.of(new StepValue(List.of(8, 9, 1), 64, 1L << 33, 36, 4, 1, List.of("input"), true),
                    new StepValue(List.of(2), 0, 128, 128, 128, 32, List.of("a", "b"), false)),
            Storage.BF16, List.of(new WeightRange(64, 3), new WeightRange(128, 1L << 30)), 1L << 40,
            "0123456789abcdef");

    @Test
    void framesComeBack() throws IOException {
        ModelSignature signature = new ModelSignature("m", 3, List.of(8, 9, 1), List.of(2), LABELS,
                Optional.of(new Preprocessing(8, 9, Channels.GREY, new Resize.Letterbox(114),
                        Interpolation.PLAIN_BILINEAR, List.of(ChannelScaling.IDENTITY))));
        ModelMetadata framed = new ModelMetadata(signature, METADATA.steps(), METADATA.values(), Storage.BF16,
                List.of(new WeightRange(64, 3), new WeightRange(128, 1L << 30)), 1L << 40, "0123456789abcdef");
        assertEquals(signature.preprocessing(), read(framed.toText()).signature().preprocessing());
    }

    private static ModelMetadata read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return ModelMetadata.of(properties, LABELS);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertEquals(METADATA, read(METADATA.toText()));
    }

    @Test
    void howPixelsAreReadIsReadAgain() throws IOException {
        for (PixelRule rule : List.of(PixelRule.PROBABILITY, PixelRule.LOGIT, PixelRule.NUMBER)) {
            ModelOutput one = new ModelOutput(ModelOutput.UNNAMED, ModelOutput.Kind.IMAGE, List.of(4, 4, 1), List.of(),
                    rule);
            ModelOutput named = new ModelOutput("mask", ModelOutput.Kind.IMAGE, List.of(4, 4, 1), List.of("cat"), rule);
            for (ModelOutput output : List.of(one, named)) {
                ModelSignature signature = new ModelSignature("m", 1, List.of(4, 4, 3), List.of(output),
                        Optional.empty(), ArrayScaling.NONE);
                String text = new ModelMetadata(signature, METADATA.steps(), METADATA.values(), METADATA.storage(),
                        METADATA.halves(), METADATA.constantsBytes(), METADATA.constantsDigest()).toText();
                Properties properties = new Properties();
                properties.load(new StringReader(text));
                assertEquals(signature, ModelMetadata.of(properties, output.labels()).signature());
                assertEquals(!rule.equals(PixelRule.PROBABILITY), text.contains("pixels = "));
            }
        }
    }

    @Test
    void whatIsComputedOfArraysIsReadAgain() throws IOException {
        ModelSignature plain = METADATA.signature();
        ArrayScaling scaling = new ArrayScaling(List.of(new ChannelScaling(1 / 255.0, -0.5)));
        ModelSignature raw = new ModelSignature(plain.name(), plain.batch(), plain.inputShape(), plain.outputShape(),
                plain.labels(), plain.preprocessing(), scaling);
        String text = new ModelMetadata(raw, METADATA.steps(), METADATA.values(), METADATA.storage(), METADATA.halves(),
                METADATA.constantsBytes(), METADATA.constantsDigest()).toText();
        assertEquals(raw, read(text).signature());
        assertEquals(plain, read(text.replaceAll("(?m)^array.*\n", "")).signature());
        String half = text.replaceAll("(?m)^array.offset.*\n", "");
        assertEquals("the model's metadata lacks 'array.offset'; compile the model again",
                assertThrows(ModelException.class, () -> read(half)).getMessage());
        String two = text.replaceAll("(?m)^(array.*)", "$1 2");
        assertEquals("2 scalings for [8, 9, 1]",
                assertThrows(IllegalArgumentException.class, () -> read(two)).getMessage());
    }

    @Test
    void aVectorIsNoPicture() {
        String text = METADATA.toText().replace("input = 8 9 1", "input = 8");
        assertEquals("a picture does not become an input [8]",
                assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage());
    }

    /** The exceptions that the opening of a model turns into its message. */
    @Property(tries = 3000)
    void changedTextIsReadOrRefused(@ForAll("changed") String text) {
        try {
            ModelSignature signature = read(text).signature();
            assertTrue(signature.inputLength() > 0 && signature.outputLength() == LABELS.size());
        } catch (ModelException | IllegalArgumentException | IOException refused) {
            assertTrue(refused.getMessage() != null);
        }
    }

    /** The text with some of its characters removed and others put there. */
    @Provide
    Arbitrary<String> changed() {
        String text = METADATA.toText();
        Arbitrary<String> inserted = Arbitraries.of("", "-", "0", "99999999999", "2147483647", " ", "\n", "\\u00", "=",
                "NaN", "1e999", "exact", "RGB", "picture.scale = 1 2 3\n", "\u0000");
        return Combinators.combine(Arbitraries.integers().between(0, text.length()),
                Arbitraries.integers().between(0, 12), inserted)
                .as((start, removed, put) -> text.substring(0, start) + put
                        + text.substring(Math.min(text.length(), start + removed)));
    }

    @Property
    void anyBatchAndShapeIsCountedOrRefused(@ForAll int batch, @ForAll List<Integer> shape) {
        try {
            ModelSignature signature =
                    new ModelSignature("m", batch, shape, List.of(1), Collections.emptyList(), Optional.empty());
            assertTrue((long) signature.batch() * signature.inputLength() <= Integer.MAX_VALUE);
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().startsWith("a batch of " + batch + " of "), refused.getMessage());
        }
    }
}
