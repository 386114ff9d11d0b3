package io.xceptionc.runtime.picture;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first picture of a WebP file, as a simple file of its own: without animation, profile, and an alpha that is
 * dropped in the end. Source: RFC 9649, 2.
 */
final class WebpFile {

    private static final int RIFF = fourCharacters("RIFF");
    private static final int WEBP = fourCharacters("WEBP");
    private static final int VP8 = fourCharacters("VP8 ");
    private static final int VP8L = fourCharacters("VP8L");
    private static final int VP8X = fourCharacters("VP8X");
    private static final int ANMF = fourCharacters("ANMF");
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;

    /** Decoders look so far ahead. */
    private static final int PADDING_BYTES = 64;

    private final ByteSource file;
    private final PictureStream stream;
    private int canvasWidth;
    private int canvasHeight;
    private int left;
    private int top;

    private WebpFile(ByteSource file, PictureStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Shows the first picture. */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        stream.setByteOrder(LITTLE_ENDIAN);
        return new WebpFile(file, stream).show();
    }

    private ShownBytes show() throws IOException {
        long position = RIFF_HEADER_BYTES;
        while (position + CHUNK_HEADER_BYTES <= file.length()) {
            stream.seek(position);
            int type = stream.readInt();
            long bytes = stream.readUnsignedInt();
            long start = position + CHUNK_HEADER_BYTES;
            if (type == VP8 || type == VP8L) {
                return shown(type, file.range(start, bytes));
            }
            position = start + bytes + (bytes & 1);
            if (type == VP8X) {
                stream.skipBytes(4L); // flags
                canvasWidth = 1 + readThreeBytes();
                canvasHeight = 1 + readThreeBytes();
            } else if (type == ANMF) {
                left = 2 * readThreeBytes();
                top = 2 * readThreeBytes();
                position = start + FRAME_HEADER_BYTES;
            }
        }
        throw PictureException.damaged("it ends before its picture");
    }

    private int readThreeBytes() throws IOException {
        return stream.readUnsignedShort() | (stream.readUnsignedByte() << 16);
    }

    private ShownBytes shown(int type, ByteSource picture) {
        int bytes = (int) Math.min(picture.length(), Integer.MAX_VALUE - RIFF_HEADER_BYTES - PADDING_BYTES);
        ByteBuffer header = ByteBuffer.allocate(RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES).order(LITTLE_ENDIAN);
        header.putInt(RIFF).putInt(RIFF_HEADER_BYTES + bytes).putInt(WEBP).putInt(type).putInt(bytes);
        SplicedBytes whole = new SplicedBytes().add(ByteSource.of(header.array())).add(picture);
        long end = type == VP8L ? whole.length() : Long.MAX_VALUE; // the lossy decoder has no position
        whole.add(ByteSource.of(new byte[PADDING_BYTES]));
        return new ShownBytes(whole, new ShownBytes.Counted(canvasWidth, canvasHeight, left, top, end));
    }

    private static int fourCharacters(String name) {
        return name.charAt(0) | (name.charAt(1) << 8) | (name.charAt(2) << 16) | (name.charAt(3) << 24);
    }
}
