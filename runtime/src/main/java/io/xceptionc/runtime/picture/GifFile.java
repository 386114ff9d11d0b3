package io.xceptionc.runtime.picture;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;

/** The first frame of a GIF file, without the blocks before and after it. Source: GIF89a, 17 to 27. */
final class GifFile {

    private static final int SCREEN_FLAGS_OFFSET = 10;
    private static final int SCREEN_BYTES = 13;
    private static final int FRAME_BYTES = 10;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2c;
    private static final int TRAILER = 0x3b;

    private GifFile() {}

    /** Shows the first frame. */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        stream.setByteOrder(LITTLE_ENDIAN);
        stream.seek(SCREEN_FLAGS_OFFSET);
        long framesStart = SCREEN_BYTES + paletteBytes(stream.readUnsignedByte());
        stream.seek(framesStart);
        int block = stream.readUnsignedByte();
        while (block == EXTENSION) {
            stream.skipBytes(1L);
            skipSubBlocks(stream);
            block = stream.readUnsignedByte();
        }
        if (block != FRAME) {
            throw PictureException.damaged("it has no frame");
        }
        long start = stream.getStreamPosition() - 1;
        stream.seek(start + FRAME_BYTES - 1);
        stream.seek(start + FRAME_BYTES + paletteBytes(stream.readUnsignedByte()) + 1);
        skipSubBlocks(stream);
        long end = stream.getStreamPosition();
        return ShownBytes.plain(new SplicedBytes().add(file.range(0, framesStart)).add(file.range(start, end - start))
                .add(ByteSource.of((byte) TRAILER)));
    }

    private static long paletteBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    /** Skips blocks up to the empty one, or up to the end of a file that has been cut. */
    private static void skipSubBlocks(PictureStream stream) throws IOException {
        for (int bytes = stream.read(); bytes > 0; bytes = stream.read()) {
            stream.seek(Math.min(stream.getStreamPosition() + bytes, stream.length()));
        }
    }
}
