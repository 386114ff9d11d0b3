package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoVerbTest {

    @AfterEach
    void forgetHome() {
        System.clearProperty(DemoVerb.HOME);
    }

    @Test
    void classifiesThePicturesOfTheProject() {
        System.setProperty(DemoVerb.HOME, "../..");
        Invocation demo = Invocation.of("demo");
        List<String> lines = demo.out().lines().toList();
        assertAll(() -> assertEquals(0, demo.status()), () -> assertEquals("", demo.err()),
                () -> assertTrue(
                        lines.getFirst().matches(
                                "compiled .*xception-shapes\\.yaml with xception-shapes\\.safetensors in .* s"),
                        lines.getFirst()),
                () -> assertTrue(lines.get(2).matches("picture +truth +answer +probability +time"), lines.get(2)),
                () -> assertEquals(40, lines.stream().filter(line -> line.matches("\\S+\\.png .* ms")).count()),
                () -> assertTrue(lines.getLast().matches("(39|40) of 40 right"), lines.getLast()));
    }

    @Test
    void saysHowToFindTheProject() {
        assertEquals(new Invocation(1, "", "xceptionc: the demo's files are in the project's folder; "
                + "start it as ./xceptionc demo there, or name the folder to Java by -Dxceptionc.home=FOLDER\n"),
                Invocation.of("demo"));
    }

    @Test
    void saysWhatIsMissing() {
        System.setProperty(DemoVerb.HOME, "no/such/folder");
        assertEquals(new Invocation(1, "", "xceptionc: no/such/folder/generated-examples/models/"
                + "xception-shapes-pictures/labels.csv: no such file or folder\n"), Invocation.of("demo"));
    }
}
