package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({"a.b, a.b, ''", "*, , ''", "backbone.*, backbone.stem.weight, stem.weight", "*.weight, .weight, ''",
        "*_bn.*, stem_bn.x_bn.bias, stem|x_bn.bias", "a*b*c, abc, |", "*aab*, aaab, a|"})
    void starsStandForAsLittleAsWillDo(String pattern, String name, String captures) {
        String text = name == null ? "" : name;
        assertEquals(Optional.of(captures), NamePattern.of(pattern).match(text).map(found -> String.join("|", found)));
    }

    @ParameterizedTest
    @CsvSource({"a.b, a.bc", "a.b, xa.b", "a*, b", "*a, b", "ab*ba, aba", "a*x*a, abca", "a.b, a-b"})
    void anythingElseIsNotOfThePattern(String pattern, String name) {
        assertEquals(Optional.empty(), NamePattern.of(pattern).match(name));
    }

    @Test
    void aReplacementTakesWhatTheStarsStoodFor() {
        List<String> captures = NamePattern.of("a.*.b.*").match("a.one.b.two").orElseThrow();
        assertEquals("x/one/two/y", NamePattern.of("x/*/*/y").filled(captures));
        assertEquals("constant", NamePattern.of("constant").filled(captures));
    }

    /** The JDK's regular expressions as an oracle, on names so short that they may go back as often as they like. */
    @Property
    void meansWhatAReluctantExpressionMeans(
            @ForAll @Chars('*') @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 12) String name) {
        String expression = pattern.replace("*", "(.*?)");
        Matcher matcher = Pattern.compile(expression).matcher(name);
        Optional<List<String>> expected = matcher.matches()
                ? Optional.of(IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList())
                : Optional.empty();
        assertEquals(expected, NamePattern.of(pattern).match(name));
    }

    @Test
    void aNameLongerThanAnyLayersIsNotRenamed() {
        RenameRule rule = new RenameRule("*", "x*", SourceSpan.ofFile("net.yaml"));
        assertEquals(Optional.of("x" + "a".repeat(500)), rule.apply("a".repeat(500)));
        assertEquals(Optional.empty(), rule.apply("a".repeat(501)));
    }

    /** With an expression of the JDK, this would take longer than the universe has been there. */
    @Test
    void aHostilePatternTakesNoTime() {
        NamePattern pattern = NamePattern.of("*a".repeat(100) + "b*c");
        String name = "a".repeat(100_000);
        assertEquals(Optional.empty(),
                assertTimeoutPreemptively(Duration.ofMinutes(2), () -> pattern.match(name)));
    }
}
