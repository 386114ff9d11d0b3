package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.emit.kernel.VectorWidth;
import io.xceptionc.compiler.plan.RowsPlan.Factor;
import io.xceptionc.runtime.kernel.Frame;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowsPlanTest {

    @Property(tries = 500)
    void rowsHoldTheDeepestFactorAndABlockToSpare(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 100_000) Integer> depths) {
        RowsPlan plan =
                RowsPlan.of(depths.stream().map(depth -> ProductPlan.ofPixels(new Factor(1000, depth, 728))).toList());
        assertTrue(depths.stream().allMatch(depth -> plan.strideFloats() >= depth + 32));
        assertEquals(0, plan.strideFloats() % 16);
        assertNotEquals(0, plan.strideFloats() % 1024);
    }

    @Property(tries = 500)
    void thereIsRoomForEveryChunkAndATileThatReachesPastIt(@ForAll @IntRange(min = 1, max = 100_000) int pixels,
            @ForAll @IntRange(min = 1, max = 10_000) int depth, @ForAll @IntRange(min = 1, max = 2000) int columns) {
        RowsPlan plan = RowsPlan.of(List.of(ProductPlan.ofPixels(new Factor(pixels, depth, columns)),
                ProductPlan.ofSharedRows(new Factor(1, 1, 1))));
        int chunk = RowsPlan.chunkPixels(new Factor(pixels, depth, columns));
        assertTrue(plan.floats() >= (chunk + Frame.LARGEST_TILE) * plan.strideFloats());
    }

    @Property(tries = 500)
    void chunksAreWholeTilesAndNotMoreThanThePixels(@ForAll @IntRange(min = 1, max = 100_000) int pixels,
            @ForAll @IntRange(min = 1, max = 100_000) int depth, @ForAll @IntRange(min = 1, max = 2000) int columns) {
        int chunk = RowsPlan.chunkPixels(new Factor(pixels, depth, columns));
        assertEquals(0, chunk % RowsPlan.TILE_MULTIPLE);
        assertTrue(chunk < pixels + RowsPlan.TILE_MULTIPLE);
    }

    @ParameterizedTest
    @EnumSource
    void tilesOfAllWidthsDivideAChunk(VectorWidth width) {
        assertEquals(0, RowsPlan.TILE_MULTIPLE % width.tilePixels());
        assertTrue(width.tilePixels() <= Frame.LARGEST_TILE);
    }

    @Test
    void chunksAreSmallBesideLightWeightsAndFewBesideHeavyOnes() {
        assertEquals(156, RowsPlan.chunkPixels(new Factor(21_609, 128, 128)), "96 KiB or less");
        assertEquals(390, RowsPlan.chunkPixels(new Factor(361, 728, 728)), "1200 KiB or less");
        assertEquals(156, RowsPlan.chunkPixels(new Factor(100, 1536, 2048)), "all at once");
    }

    @Test
    void aStrideOfAPageIsAvoided() {
        assertEquals(1040, RowsPlan.of(List.of(ProductPlan.ofPixels(new Factor(1, 992, 1)))).strideFloats());
    }
}
