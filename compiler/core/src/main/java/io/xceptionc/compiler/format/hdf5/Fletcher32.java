package io.xceptionc.compiler.format.hdf5;

/**
 * Fletcher's checksum over big-endian words of 16 bits, as HDF5 computes it.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5/blob/develop/src/H5checksum.c">H5_checksum_fletcher32</a>
 */
final class Fletcher32 {

    /** The sums stay within 32 bits for so many words. */
    private static final int WORDS = 360;

    private Fletcher32() {}

    /** Of the first bytes of an array. */
    static int of(byte[] bytes, int length) {
        int sum1 = 0;
        int sum2 = 0;
        for (int start = 0; start < length; start += 2 * WORDS) {
            int end = Math.min(length, start + 2 * WORDS);
            for (int i = start; i < end; i += 2) {
                int low = i + 1 < length ? Byte.toUnsignedInt(bytes[i + 1]) : 0;
                sum1 += Byte.toUnsignedInt(bytes[i]) << 8 | low;
                sum2 += sum1;
            }
            sum1 = folded(sum1);
            sum2 = folded(sum2);
        }
        return folded(sum2) << 16 | folded(sum1);
    }

    private static int folded(int sum) {
        return (sum & 0xFFFF) + (sum >>> 16);
    }
}
