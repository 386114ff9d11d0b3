package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import org.junit.jupiter.api.Test;

class ExplainVerbTest {

    @Test
    void aCodeInAnyCase() {
        Invocation explain = Invocation.of("explain", "w304");
        assertEquals(new Invocation(0, """
                W304: pattern unused

                A `rename` pattern of the spec fits no tensor in the file.

                Correct it, or take it out.
                """, ""), explain);
    }

    @Test
    void allCodes() {
        Invocation all = Invocation.of("explain");
        assertEquals(DiagnosticCode.values().length, all.out().lines().count());
        assertTrue(all.out().startsWith("E101  not a valid YAML document\nE102  too large\n"), all.out());
    }

    @Test
    void anotherWord() {
        assertEquals(new Invocation(2, "", """
                xceptionc: explain: there is no code 'E999'; 'xceptionc explain' lists them
                see 'xceptionc help explain'
                """), Invocation.of("explain", "E999"));
    }
}
