package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static Json parse(byte[] utf8) throws InvalidInputException {
        try (Arena arena = Arena.ofConfined()) {
            return Json.parse(new MappedFile("m.keras", arena, MemorySegment.ofArray(utf8)), "config", utf8);
        }
    }

    private static Json parse(String text) throws InvalidInputException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void valuesAreWhatTheyAreAndNothingElse() throws InvalidInputException {
        Json json = parse("{\"b\": [1, 2.5, \"x\", true, null, {}], \"a\": NaN, \"big\": " + "9".repeat(99) + "}");
        assertEquals(List.of("b", "a", "big"), List.copyOf(json.members().keySet()));
        assertEquals(Optional.of(Double.NaN), json.get("a").number());
        assertEquals(Optional.of(1e99), json.get("big").number());
        assertEquals(Optional.empty(), json.get("big").integer());
        Json list = json.get("b");
        assertTrue(list.isList());
        assertEquals(6, list.elements().size());
        assertEquals(Optional.of(1), list.get(0).integer());
        assertEquals(Optional.empty(), list.get(1).integer());
        assertEquals(Optional.of(2.5), list.get(1).number());
        assertEquals(Optional.of("x"), list.get(2).text());
        assertEquals(Optional.empty(), list.get(2).number());
        assertEquals(Optional.of(true), list.get(3).truth());
        assertEquals(Optional.empty(), list.get(3).text());
        assertFalse(list.get(4).isPresent());
        assertTrue(list.get(5).isPresent());
        assertFalse(list.get(5).isList());
    }

    @Test
    void whatIsAskedOfTheAbsentIsAbsent() throws InvalidInputException {
        for (Json json : List.of(Json.ABSENT, parse("{}").get("a").get(3).get("b"), parse("[]").get(-1), parse("3"),
                parse("\"text\"").get(0), parse("null"))) {
            assertEquals(List.of(), json.elements());
            assertTrue(json.members().isEmpty());
            assertFalse(json.get("a").isPresent());
            assertFalse(json.isList());
            assertEquals(Optional.empty(), json.truth());
        }
    }

    private static Stream<String> bad() {
        return Stream.of("", " ", "{", "{} {}", "{} x", "{\"a\": 1, \"a\": 1}", "{'a': 1}", "[1,]", "nul",
                "1".repeat(101),
                "[".repeat(101) + "]".repeat(101), "\"" + "x".repeat((1 << 20) + 1) + "\"",
                "{\"" + "x".repeat(10_001) + "\": 1}", "[" + "1,".repeat(2_000_000) + "1]");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoJsonOrBeyondTheBoundsIsRefused(String text) {
        assertEquals("has a config that is not valid JSON, or too deep or too long",
                assertThrows(InvalidInputException.class, () -> parse(text)).diagnostics().getFirst().message());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc0, 0xff})
    void whatIsNoUtf8IsRefused(int wrong) {
        byte[] text = {'"', (byte) wrong, '"'};
        assertThrows(InvalidInputException.class, () -> parse(text));
    }

    @Test
    void theBoundsAreTaken() throws InvalidInputException {
        assertTrue(parse("[".repeat(100) + "]".repeat(100)).isList());
        assertEquals(1 << 20, parse("\"" + "x".repeat(1 << 20) + "\"").text().orElseThrow().length());
        assertEquals(1_000_000, parse("[" + "1,".repeat(999_999) + "1]").elements().size());
    }
}
