package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArenaPlacementTest {

    private static final Node NODE = new Sketch(1).input(1, 1, 1);

    private static Buffer buffer(int first, int last, long bytes) {
        return new Buffer(List.of(NODE), new Lifetime(first, last), bytes, 0);
    }

    private static void assertPlaced(String expected, Buffer... buffers) {
        assertEquals(expected, ArenaPlacement.best(List.of(buffers)).stream()
                .map(buffer -> "%d-%d: %d at %d".formatted(buffer.lifetime().first(), buffer.lifetime().last(),
                        buffer.bytes(), buffer.byteOffset()))
                .sorted().collect(Collectors.joining("\n")) + "\n");
    }

    @Test
    void whatDoesNotLiveAtOnceSharesItsPlace() {
        assertPlaced("""
                0-1: 128 at 0
                1-2: 64 at 128
                2-3: 128 at 0
                """, buffer(0, 1, 128), buffer(1, 2, 64), buffer(2, 3, 128));
    }

    @Test
    void gapsAreFilled() {
        assertPlaced("""
                0-1: 256 at 0
                0-9: 192 at 256
                2-9: 128 at 0
                2-9: 128 at 128
                """, buffer(0, 1, 256), buffer(0, 9, 192), buffer(2, 9, 128), buffer(2, 9, 128));
    }

    /** The largest first would end at 448. */
    @Test
    void theBestOfSeveralOrdersIsTaken() {
        List<Buffer> placed = ArenaPlacement.best(List.of(buffer(0, 2, 64), buffer(1, 3, 128), buffer(3, 4, 192),
                buffer(0, 0, 128), buffer(4, 5, 128)));
        assertEquals(320, ArenaPlacement.peak(placed));
    }

    @Test
    void nothingNeedsNoMemory() {
        assertEquals(0, ArenaPlacement.peak(ArenaPlacement.best(List.of())));
    }
}
