package io.xceptionc.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosticPrinterTest {

    @Test
    void marksThePlaceAndHelps() {
        assertEquals("""
                a.yaml:2:10: error[E105]: wrong
                    2 | kernel:  12  # wide
                      |          ^^ use 3
                """, print("model: m\nkernel:  12  # wide\n", 2, 10, 2, "use 3"));
    }

    @Test
    void withoutHelpMarksAlone() {
        assertEquals("""
                a.yaml:1:1: error[E105]: wrong
                    1 | model: m
                      | ^^^^^
                """, print("model: m\n", 1, 1, 5, ""));
    }

    @Test
    void countsCodePoints() {
        assertEquals("""
                a.yaml:1:4: error[E105]: wrong
                    1 | 🐱: é x
                      |    ^ help
                """, print("🐱: é x\n", 1, 4, 1, "help"));
    }

    @Test
    void aSpanBeyondTheLineIsMarkedAtItsEnd() {
        assertEquals("""
                a.yaml:1:40: error[E105]: wrong
                    1 | abc
                      |    ^ help
                """, print("abc\n", 1, 40, 9, "help"));
    }

    @Test
    void withoutAnExcerptTheHelpStandsBelow() {
        assertEquals("a.yaml:9:1: error[E105]: wrong\n       help\n", print("abc\n", 9, 1, 1, "help"));
        assertEquals("a.yaml:1:1: error[E105]: wrong\n       help\n", print("a".repeat(161) + "\n", 1, 1, 1, "help"));
        assertEquals("a.yaml:9:1: error[E105]: wrong\n", print("abc\n", 9, 1, 1, ""));
    }

    @Test
    void nothingFromTheInputCommandsTheTerminal() {
        Diagnostic diagnostic =
                new Diagnostic(DiagnosticCode.E105, new SourceSpan("a.yaml", 1, 3, 1), "has \u001b[31m\n",
                        "\u202e");
        String printed = new DiagnosticPrinter(Map.of("a.yaml", List.of("x\t\u001b[2Jy"))).print(diagnostic);
        assertEquals("""
                a.yaml:1:3: error[E105]: has \uFFFD[31m\uFFFD
                    1 | x \uFFFD[2Jy
                      |   ^ \uFFFD
                """, printed);
    }

    @Test
    void aWarningIsCalledSo() {
        Diagnostic diagnostic = new Diagnostic(DiagnosticCode.W201, SourceSpan.ofFile("a.yaml"), "unused", "");
        assertEquals("a.yaml: warning[W201]: unused\n", new DiagnosticPrinter(Map.of()).print(diagnostic));
    }

    private static String print(String text, int line, int column, int length, String help) {
        Diagnostic diagnostic =
                new Diagnostic(DiagnosticCode.E105, new SourceSpan("a.yaml", line, column, length), "wrong", help);
        return new DiagnosticPrinter(Map.of("a.yaml", text.lines().toList())).print(diagnostic);
    }
}
