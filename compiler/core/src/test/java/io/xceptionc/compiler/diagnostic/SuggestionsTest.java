package io.xceptionc.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private static final List<String> WORDS = List.of("conv2d", "max_pool2d", "relu", "relu6", "softmax");

    @ParameterizedTest
    @CsvSource({"con2d, conv2d", "Conv2D, conv2d", "maxpool2d, max_pool2d", "rellu, relu", "rel6, relu6",
        "sofmax, softmax"})
    void findsWhatWasMeant(String name, String expected) {
        assertEquals(Optional.of(expected), Suggestions.nearest(name, WORDS));
    }

    @ParameterizedTest
    @CsvSource({"lstm", "attention", "c", "conv3d", "relu7", "max_pool1d", "relu6_2"})
    void findsNothingFarAway(String name) {
        assertEquals(Optional.empty(), Suggestions.nearest(name, WORDS));
    }

    @Test
    void longNamesAreNotCompared() {
        String name = "a".repeat(51);
        assertEquals(Optional.empty(), Suggestions.nearest(name, List.of(name)));
    }

    @Test
    void asksOrSaysSomethingElse() {
        assertEquals("did you mean 'relu'?", Suggestions.didYouMean("relo", WORDS, "no"));
        assertEquals("no", Suggestions.didYouMean("lstm", WORDS, "no"));
    }

    @Property
    void theDistanceIsAMetric(@ForAll @AlphaChars @StringLength(max = 8) String a,
            @ForAll @AlphaChars @StringLength(max = 8) String b, @ForAll @AlphaChars @StringLength(max = 8) String c) {
        assertEquals(0, Suggestions.distance(a, a));
        assertEquals(Suggestions.distance(a, b), Suggestions.distance(b, a));
        assertEquals(true, Suggestions.distance(a, c) <= Suggestions.distance(a, b) + Suggestions.distance(b, c));
    }
}
