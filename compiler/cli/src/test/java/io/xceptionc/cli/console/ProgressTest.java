package io.xceptionc.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesComeOnlyNowAndThen() {
        AtomicLong seconds = new AtomicLong(-3);
        try (Progress progress =
                new ProgressLines("counting", 6, err, () -> TimeUnit.SECONDS.toNanos(seconds.get()))) {
            for (int step = 1; step <= 6; step++) {
                progress.next("step " + step);
                seconds.incrementAndGet();
            }
        }
        assertEquals("counting, 3 of 6: step 3\ncounting, 5 of 6: step 5\n", text());
    }

    @Test
    void theBarVanishes() {
        try (Progress progress = ProgressStyle.BAR.start("counting", 3, err)) {
            progress.next("one");
            progress.next("two\u001b[31m");
            progress.next("/a/path/that/is/longer/than/there/is/room/picture.png");
        }
        String[] states = text().split("\r", -1);
        assertTrue(states[states.length - 2].isBlank() && states[states.length - 1].isEmpty(),
                text().replace("\r", "<CR>"));
        assertTrue(text().indexOf('\u001b') < 0, text());
        assertTrue(text().contains("...n/there/is/room/picture.png"), text().replace("\r", "<CR>"));
        for (String state : states) {
            assertTrue(state.length() <= 79, state);
        }
    }

    @Test
    void noneIsSilent() {
        try (Progress progress = ProgressStyle.NONE.start("counting", 2, err)) {
            progress.next("one");
        }
        assertEquals("", text());
    }
}
