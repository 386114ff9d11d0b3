package io.xceptionc.compiler.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void areSortedByPlace() {
        report(DiagnosticCode.E105, 2, 1);
        report(DiagnosticCode.E105, 1, 9);
        report(DiagnosticCode.E105, 1, 2);
        assertEquals(List.of("a:1:2", "a:1:9", "a:2:1"),
                diagnostics.sorted().stream().map(diagnostic -> diagnostic.span().toString()).toList());
    }

    @Test
    void aRepetitionIsIgnored() {
        report(DiagnosticCode.E105, 1, 1);
        report(DiagnosticCode.E105, 1, 1);
        assertEquals(1, diagnostics.sorted().size());
    }

    @Test
    void onlyErrorsEndTheCompilation() throws InvalidInputException {
        report(DiagnosticCode.W201, 1, 1);
        diagnostics.throwIfErrors();
        assertFalse(diagnostics.hasErrors());
        report(DiagnosticCode.E105, 2, 1);
        assertTrue(diagnostics.hasErrors());
        InvalidInputException thrown = assertThrows(InvalidInputException.class, diagnostics::throwIfErrors);
        assertEquals(2, thrown.diagnostics().size());
        assertEquals("a:1:1: warning[W201]: m\na:2:1: error[E105]: m", thrown.getMessage());
    }

    @Test
    void tooManyAreCountedOnly() {
        for (int line = 1; line <= Diagnostics.LIMIT + 3; line++) {
            report(DiagnosticCode.E105, line, 1);
        }
        assertEquals(Diagnostics.LIMIT, diagnostics.sorted().size());
        assertEquals(3, diagnostics.droppedCount());
    }

    private void report(DiagnosticCode code, int line, int column) {
        diagnostics.report(code, new SourceSpan("a", line, column, 1), "m", "");
    }
}
