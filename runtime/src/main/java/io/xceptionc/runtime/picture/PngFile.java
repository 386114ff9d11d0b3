package io.xceptionc.runtime.picture;

import java.io.IOException;

/**
 * The header, palette and levels of a PNG file; texts and profiles inflate to any size, and transparency is dropped in
 * the end. Source: PNG Specification, third edition, 5.3.
 */
final class PngFile {

    private static final long SIGNATURE_BYTES = 8;
    private static final int BYTES_AROUND_DATA = 12;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    private PngFile() {}

    /** Shows the chunks that make the levels. */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        SplicedBytes shown = new SplicedBytes().add(file.range(0, SIGNATURE_BYTES));
        long position = SIGNATURE_BYTES;
        boolean started = false;
        while (position + BYTES_AROUND_DATA <= file.length()) {
            stream.seek(position);
            long bytes = BYTES_AROUND_DATA + stream.readUnsignedInt();
            int type = stream.readInt();
            boolean header = type == IHDR && !started;
            boolean filled = bytes > BYTES_AROUND_DATA && (type == PLTE || type == IDAT);
            if (header || filled || type == IEND) {
                shown.add(file.range(position, bytes));
            }
            started |= header;
            if (type == IEND) {
                break;
            }
            position += bytes;
        }
        return ShownBytes.plain(shown);
    }
}
