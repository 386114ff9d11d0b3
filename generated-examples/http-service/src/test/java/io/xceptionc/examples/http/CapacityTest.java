package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has kept the service waiting the longest makes room, and nobody who is served. */
class CapacityTest {

    private final Capacity capacity = new Capacity(2, 100);
    private final List<String> evicted = new ArrayList<>();

    private Capacity.Share admit(String name) {
        return capacity.admit(() -> evicted.add(name)).orElseThrow();
    }

    @Test
    void evictsTheOldestConnection() {
        admit("a");
        admit("b");
        admit("c");
        assertEquals(List.of("a"), evicted);
        admit("d");
        assertEquals(List.of("a", "b"), evicted);
        assertEquals(2, capacity.connectionCount());
    }

    @Test
    void beginsAnewWithEachWait() {
        Capacity.Share first = admit("a");
        admit("b");
        first.waitFor();
        admit("c");
        assertEquals(List.of("b"), evicted);
    }

    @Test
    void evictsNobodyWhoIsServed() {
        Capacity.Share first = admit("a");
        Capacity.Share second = admit("b");
        assertTrue(first.serve());
        assertTrue(second.serve());
        assertTrue(capacity.admit(() -> evicted.add("c")).isEmpty());
        first.waitFor();
        admit("d");
        assertEquals(List.of("a"), evicted);
        assertFalse(first.serve());
        first.waitFor();
        assertFalse(first.take(1));
        first.end();
        assertEquals(2, capacity.connectionCount());
    }

    @Test
    void takesBytesFromTheOldestThatHasSome() {
        Capacity.Share none = admit("none");
        Capacity.Share holder = admit("holder");
        assertTrue(holder.take(80));
        assertFalse(holder.take(21), "not from itself");
        assertTrue(none.take(20));
        assertEquals(100, capacity.byteCount());
        assertTrue(none.take(21));
        assertEquals(List.of("holder"), evicted);
        assertEquals(41, capacity.byteCount());
        assertEquals(1, capacity.connectionCount());
        none.giveBytes();
        assertEquals(0, capacity.byteCount());
    }

    @Test
    void takesNoBytesFromWhoIsServed() {
        Capacity.Share served = admit("served");
        assertTrue(served.take(80));
        assertTrue(served.serve());
        assertFalse(admit("other").take(21));
        served.end();
        assertEquals(0, capacity.byteCount());
        assertEquals(List.of(), evicted);
    }
}
