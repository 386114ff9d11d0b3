package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNamesTest {

    @Test
    void findsWhatDiffersByAPrefix() {
        NearestNames names = new NearestNames(List.of("conv11.weight", "module.backbone.conv1.weight"));
        assertEquals(Optional.of("module.backbone.conv1.weight"), names.nearest("conv1.weight"));
        assertEquals(Optional.of("conv11.weight"), names.nearest("model.conv11.weight"));
        assertEquals(Optional.of("xception/stem/kernel"),
                new NearestNames(List.of("xception/stem/kernel")).nearest("stem/kernel"));
    }

    @Test
    void findsWhatDiffersByAFewLetters() {
        NearestNames names = new NearestNames(List.of("conv1/kernel:0", "conv2/kernel:0"));
        assertEquals(Optional.of("conv2/kernel:0"), names.nearest("conv2/kernel"));
        assertEquals(Optional.empty(), names.nearest("predictions/bias"));
        assertEquals("did you mean 'conv1/kernel:0'?", names.didYouMean("conv1/kernel", "no"));
        assertEquals("no", names.didYouMean("predictions/bias", "no"));
    }

    /** Weights bound to another layer, or as something else, would give another network. */
    @Test
    void neverTakesOneNumberOrRoleForAnother() {
        NearestNames names = new NearestNames(List.of("block12_bn/beta", "block13_bn/gamma", "conv3.weight"));
        assertEquals(Optional.empty(), names.nearest("block12_bn/gamma"));
        assertEquals(Optional.empty(), names.nearest("conv2.weight"));
        assertEquals(Optional.of("block13_bn/gamma"), names.nearest("blok13_bn/gamma"));
    }

    @Test
    void givesUpRatherThanTakingLong() {
        List<String> many =
                IntStream.range(0, 100_000).mapToObj(i -> "block" + i + ".some.rather.long.name.weight").toList();
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            NearestNames names = new NearestNames(many);
            for (int i = 0; i < 10_000; i++) {
                names.nearest("blocks" + i + ".some.rather.long.name.weight");
            }
            assertEquals(Optional.empty(), names.nearest("block.some.rather.long.name.weight"));
        });
    }
}
