package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowsPlanTest {

    @Property(tries = 500)
    void rowsHoldADepthAndABlockToSpare(@ForAll @IntRange(min = 1, max = 100_000) int depth) {
        RowsLayout layout = RowsLayout.forDepth(depth);
        assertTrue(layout.strideFloats() >= depth + 32);
        assertEquals(0, layout.rowBytes() % 64);
        assertNotEquals(0, layout.rowBytes() % 4096);
        assertTrue(layout.deepest() >= depth);
    }

    @Property(tries = 500)
    void chunksAreWholeTilesAndFitACache(@ForAll @IntRange(min = 1, max = 100_000) int depth) {
        RowsLayout layout = RowsLayout.forDepth(depth);
        assertEquals(0, layout.chunkPixels() % RowsLayout.TILE_MULTIPLE);
        assertTrue(layout.chunkPixels() * layout.rowBytes() <= 768 << 10
                || layout.chunkPixels() == RowsLayout.TILE_MULTIPLE);
        assertEquals((layout.chunkPixels() + 16) * layout.rowBytes(), layout.bytes());
    }

    @Property(tries = 200)
    void everyDepthHasTheNarrowestRowsThatServeIt(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 4000) Integer> depths) {
        RowsPlan plan = RowsPlan.forDepths(depths);
        for (int depth : depths) {
            RowsLayout chosen = plan.forDepth(depth);
            assertTrue(chosen.deepest() >= depth);
            assertTrue(plan.layouts().stream().allMatch(
                    layout -> layout.deepest() < depth || layout.strideFloats() >= chosen.strideFloats()));
            assertTrue(plan.bytes() >= chosen.bytes());
        }
    }

    @Test
    void shallowProductsHaveRowsOfTheirOwn() {
        assertEquals(List.of(320, 768), strides(List.of(1, 27, 288, 728)));
        assertEquals(List.of(96), strides(List.of(1, 64)));
        assertEquals(List.of(48, 1040), strides(List.of(992)));
        assertThrows(NoSuchElementException.class, () -> RowsPlan.forDepths(List.of(64)).forDepth(1000));
    }

    private static List<Integer> strides(List<Integer> depths) {
        return RowsPlan.forDepths(depths).layouts().stream().map(RowsLayout::strideFloats).toList();
    }
}
