package io.xceptionc.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuotationTest {

    @Test
    void visibleTextStaysAsItIs() {
        assertEquals("'conv1.weight'", Quotation.of("conv1.weight"));
        assertEquals("'größe 図'", Quotation.of("größe 図"));
    }

    @Test
    void whatIsNotVisibleIsEscaped() {
        assertEquals("'a\\u{1b}[2Jb'", Quotation.of("a\u001b[2Jb"));
        assertEquals("'a\\u{202e}b'", Quotation.of("a\u202eb"));
        assertEquals("'a\\u{2028}b\\u{0}\\u{a}'", Quotation.of("a\u2028b\0\n"));
        assertEquals("'\\u{d800}'", Quotation.of("\ud800"));
    }

    @Test
    void whatIsOverlongIsCut() {
        assertEquals("'" + "x".repeat(200) + "'", Quotation.of("x".repeat(200)));
        assertEquals("'" + "x".repeat(200) + "...'", Quotation.of("x".repeat(201)));
    }

    @Property
    void isOneBoundedLine(@ForAll String text) {
        String quoted = Quotation.of(text.repeat(10));
        assertEquals(1, quoted.lines().count());
        assertTrue(quoted.length() < 2100);
        assertTrue(quoted.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void listsAndBriefTextsAreCut() {
        assertEquals("a\uFFFD[31m", Quotation.brief("a\u001b[31m"));
        assertEquals("x".repeat(200), Quotation.brief("x".repeat(200)));
        assertEquals("x".repeat(200) + "...", Quotation.brief("x".repeat(201)));
        assertEquals("['a', 'b\\u{a}']", Quotation.list(List.of("a", "b\n")));
        assertEquals("['1', '2', '3', '4', '5', ...]", Quotation.list(List.of("1", "2", "3", "4", "5", "6")));
    }
}
