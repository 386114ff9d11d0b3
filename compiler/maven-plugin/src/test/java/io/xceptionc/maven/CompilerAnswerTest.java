package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilerAnswerTest {

    private static CompilerAnswer answer(String... lines) {
        CompilerAnswer answer = new CompilerAnswer();
        List.of(lines).forEach(answer::accept);
        return answer;
    }

    @Test
    void problemsAreWrittenAsIdesLinkThem() {
        CompilerAnswer answer = answer("problem\terror\tE204\t/a/b.yaml\t4\t15\t'x' expects 64\tset 32",
                "problem\twarning\tW201\t/a/b.yaml\t0\t0\tunused\t", "failure\tdisk full");
        assertEquals(List.of("/a/b.yaml:[4,15] 'x' expects 64 [E204]; set 32", "/a/b.yaml: unused [W201]"),
                answer.problems().stream().map(Object::toString).toList());
        assertEquals(List.of("disk full"), answer.failures());
        assertEquals(2, answer.errorCount());
    }

    @Test
    void whatWasGeneratedIsKept() {
        CompilerAnswer answer =
                answer("model\ta.b.C\ta.b.CModel\t/c.yaml\t100", "input\t/c.yaml", "source\t/C.java\twritten",
                        "resource\t/a\\tb\\\\c\\nd\tkept");
        assertEquals(List.of("a.b.C"), answer.models());
        assertEquals(List.of("a.b.CModel"), answer.providers());
        assertEquals(List.of(Path.of("/c.yaml")), answer.inputs());
        assertEquals(Map.of(Path.of("/C.java"), true), answer.sources());
        assertEquals(Map.of(Path.of("/a\tb\\c\nd"), false), answer.resources());
        assertEquals(0, answer.errorCount());
    }

    @Test
    void otherLinesAreRefused() {
        for (String line : List.of("", "Picked up options", "model\tx", "problem\terror\tE1\tf\tx\t1\tm\th")) {
            assertThrows(IllegalArgumentException.class, () -> answer(line), line);
        }
    }
}
