package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Channels;
import io.xceptionc.runtime.image.Interpolation;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureInputTest {

    @Test
    void byDefaultPicturesAreScaledToOne() {
        assertEquals(Optional.of(new Preprocessing(20, 30, Channels.RGB, new Resize.Exact(), Interpolation.BILINEAR,
                Collections.nCopies(3, new ChannelScaling(1 / 255f, 0)))), preprocessing("shape: [20, 30, 3]"));
        assertEquals(Optional.of(new Preprocessing(20, 30, Channels.GREY, new Resize.Exact(), Interpolation.BILINEAR,
                List.of(new ChannelScaling(1 / 255f, 0)))), preprocessing("shape: [20, 30, 1]"));
    }

    @Test
    void asTheSpecSays() {
        assertEquals(Optional.of(new Preprocessing(20, 30, Channels.BGR, new Resize.Exact(), Interpolation.NEAREST,
                Collections.nCopies(3, new ChannelScaling((float) (1 / 127.5), -1)))),
                preprocessing("shape: [20, 30, 3], color: bgr, resize: nearest, scale: 1/127.5, offset: -1"));
        assertEquals(
                Optional.of(new Preprocessing(20, 30, Channels.RGB, new Resize.ShorterSide(33), Interpolation.BICUBIC,
                        List.of(ChannelScaling.ofMeanAndDeviation(0.1, 0.5),
                                ChannelScaling.ofMeanAndDeviation(0.2, 0.5),
                                ChannelScaling.ofMeanAndDeviation(0.3, 0.5)))),
                preprocessing(
                        "shape: [20, 30, 3], mean: [0.1, 0.2, 0.3], std: 0.5, resize: {method: bicubic, shorter_side: 33}"));
    }

    @Test
    void inAFrame() {
        assertEquals(new Resize.Letterbox(114),
                preprocessing("shape: [20, 30, 3], resize: {letterbox: 114}").orElseThrow().resize());
        assertEquals(new Resize.Letterbox(0),
                preprocessing("shape: [20, 30, 3], resize: {method: nearest, letterbox: 0}").orElseThrow().resize());
    }

    @Test
    void withoutSmoothing() {
        Preprocessing plain = preprocessing("shape: [20, 30, 3], resize: plain_bilinear").orElseThrow();
        assertEquals(Interpolation.PLAIN_BILINEAR, plain.interpolation());
        assertEquals(plain, preprocessing("shape: [20, 30, 3], resize: {method: plain_bilinear}").orElseThrow());
    }

    @Test
    void theLargestAndSmallestNumbersAreFinite() {
        assertTrue(preprocessing("shape: [20, 30, 3], scale: 1e9, offset: -1e9").isPresent());
        assertTrue(preprocessing("shape: [20, 30, 3], mean: 1e9, std: 1e-9").isPresent());
    }

    @Test
    void rawArraysAreScaledInPlaceOfPictures() {
        LoweredNetwork network = SpecText.of("""
                model: m
                input: {shape: [20, 30, 3], scale: 1/127.5, offset: -1, arrays: raw}
                layers: [relu]
                """).valid();
        assertEquals(Collections.nCopies(3, ChannelScaling.IDENTITY), PictureInput.of(network).orElseThrow().scaling());
        assertEquals(Collections.nCopies(3, new ChannelScaling(1 / 127.5, -1)),
                PictureInput.ofArrays(network).channels());
    }

    @Test
    void arraysAreTheNetworksInputByThemselves() {
        assertTrue(PictureInput.ofArrays(
                SpecText.of("model: m\ninput: {shape: [20, 30, 3], mean: 0, std: 1}\nlayers: [relu]\n").valid())
                .isNone());
    }

    @Test
    void whatTakesNoPictures() {
        assertEquals(Optional.empty(), preprocessing("shape: [20, 30, 64]"));
        assertEquals(Optional.empty(), preprocessing("shape: [8193, 8, 3]"));
    }

    private static Optional<Preprocessing> preprocessing(String input) {
        return PictureInput.of(SpecText.of("model: m\ninput: {" + input + "}\nlayers: [relu]\n").valid());
    }
}
