package io.xceptionc.compiler.emit.kernel;

import io.xceptionc.runtime.kernel.ImageLayout;

/**
 * A width of vectors for which kernels are emitted, with the tile of a product that its registers hold: {@code pixels x
 * vectors} accumulators beside {@code vectors} of weights and one of inputs. The tiles' heights divide {@link
 * io.xceptionc.compiler.plan.RowsPlan#TILE_MULTIPLE}.
 */
public enum VectorWidth {
    /** 16 registers: SSE, NEON. */
    BITS_128(128, 6, 3, 2),
    /** 16 registers: AVX2. */
    BITS_256(256, 6, 3, 2),
    /** 32 registers: AVX-512. */
    BITS_512(512, 13, 6, 2);

    private final int bits;
    private final int tilePixels;
    private final int lowTilePixels;
    private final int tileVectors;

    VectorWidth(int bits, int tilePixels, int lowTilePixels, int tileVectors) {
        this.bits = bits;
        this.tilePixels = tilePixels;
        this.lowTilePixels = lowTilePixels;
        this.tileVectors = tileVectors;
    }

    /** Bits of a vector. */
    public int bits() {
        return bits;
    }

    /** Bytes of a vector. */
    public int bytes() {
        return bits / 8;
    }

    /** Floats of a vector. */
    public int lanes() {
        return bits / 32;
    }

    /** Rows of the left factor that a tile takes. */
    public int tilePixels() {
        return tilePixels;
    }

    /**
     * Rows that a low tile takes, which is for as few or fewer left at the end; half of a tile's, as small images have
     * few tiles.
     */
    public int lowTilePixels() {
        return lowTilePixels;
    }

    /** Vectors of columns that a tile takes. */
    public int tileVectors() {
        return tileVectors;
    }

    /** Columns that a tile takes. */
    public int tileColumns() {
        return tileVectors * lanes();
    }

    /** Vectors that a block of channels fills. */
    public int vectorsOfBlock() {
        return ImageLayout.CHANNELS / lanes();
    }
}
