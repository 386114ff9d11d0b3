package io.xceptionc.runtime.kernel.shared;

import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.ProcessVectors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What loops over vectors are made of: constants to HotSpot. The class must not be initialised before the first model
 * has decided the width; who comes without a model gets the widest of the machine.
 */
final class Vectors {

    static final VectorSpecies<Float> SPECIES = species(ProcessVectors.claim(widestBits()));
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    static final Class<?> OFF_HEAP = MemorySegment.NULL.getClass();
    static final int LANES = SPECIES.length();
    static final long VECTOR_BYTES = SPECIES.vectorByteSize();
    static final long PIXEL_BYTES = ImageLayout.PIXEL_BYTES;
    static final int BLOCK = ImageLayout.CHANNELS;

    private static final int NARROWEST_BITS = 128;
    private static final int WIDEST_BITS = 512;

    private Vectors() {}

    private static int widestBits() {
        return Math.clamp(FloatVector.SPECIES_PREFERRED.vectorBitSize(), NARROWEST_BITS, WIDEST_BITS);
    }

    private static VectorSpecies<Float> species(int bits) {
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> throw new IllegalStateException("no kernels are made for vectors of " + bits + " bits");
        };
    }
}
