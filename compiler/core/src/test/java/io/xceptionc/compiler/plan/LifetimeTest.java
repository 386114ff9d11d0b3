package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LifetimeTest {

    private static final Lifetime LIFETIME = new Lifetime(3, 5);

    @Test
    void overlapsWhatLivesDuringOneOfItsSteps() {
        assertTrue(LIFETIME.overlaps(new Lifetime(5, 9)));
        assertTrue(LIFETIME.overlaps(new Lifetime(0, 3)));
        assertTrue(LIFETIME.overlaps(new Lifetime(4, 4)));
        assertTrue(LIFETIME.overlaps(new Lifetime(0, 9)));
        assertFalse(LIFETIME.overlaps(new Lifetime(6, 9)));
        assertFalse(LIFETIME.overlaps(new Lifetime(0, 2)));
    }

    @Test
    void theUnionCoversBoth() {
        assertEquals(new Lifetime(1, 5), LIFETIME.union(new Lifetime(1, 1)));
        assertEquals(new Lifetime(3, 8), LIFETIME.union(new Lifetime(4, 8)));
    }

    @Test
    void theFirstAndTheLastStepCount() {
        assertEquals(3, LIFETIME.length());
        assertEquals(1, new Lifetime(0, 0).length());
    }

    @Test
    void doesNotEndBeforeItBegins() {
        assertEquals("no lifetime: 3 to 2",
                assertThrows(IllegalArgumentException.class, () -> new Lifetime(3, 2)).getMessage());
        assertEquals("no lifetime: -1 to 2",
                assertThrows(IllegalArgumentException.class, () -> new Lifetime(-1, 2)).getMessage());
    }
}
