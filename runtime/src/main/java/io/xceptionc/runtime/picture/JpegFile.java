package io.xceptionc.runtime.picture;

import java.io.IOException;

/**
 * The frame and scans of a JPEG file, and what it costs to decode them: a scan of a few bytes may go over every sample.
 *
 * <p>What the components stand for is told to decoders by a marker of its own, as they differ where the file leaves it
 * open. Source: ITU-T T.81, Annex B; libjpeg, {@code jdapimin.c}, {@code default_decompress_parms}.
 */
final class JpegFile {

    /** Encoders take a dozen scans, of which few go over the same sample. */
    static final int MOST_PASSES = 32;

    /** So many samples are gone over whatever the picture's size. */
    static final long HARMLESS_SAMPLES = 1L << 28;

    /** Coefficients of several scans are held in memory, two bytes each. */
    static final long MOST_HELD_SAMPLES = 300_000_000;

    private static final int SOF0 = 0xc0;
    private static final int DHT = 0xc4;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int TEM = 0x01;
    private static final int JPG = 0xc8;

    private final ByteSource file;
    private final PictureStream stream;
    private final SplicedBytes shown = new SplicedBytes();
    private JpegFrame frame;
    private boolean jfif;
    private int adobeTransform = -1;
    private int scans;
    private long samplesGoneOver;

    private JpegFile(ByteSource file, PictureStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /**
     * Shows the frame and its scans.
     *
     * @throws PictureException if it takes more work or memory than pictures do
     */
    static ShownBytes of(ByteSource file, PictureStream stream) throws IOException {
        return new JpegFile(file, stream).show();
    }

    private ShownBytes show() throws IOException {
        stream.seek(2);
        long partStart = 2;
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            long segmentStart = stream.getStreamPosition() - 2;
            if (isAlone(marker)) {
                continue;
            }
            int length = stream.readUnsignedShort();
            if (length < 2) {
                throw PictureException.damaged("a segment has the length " + length);
            }
            long segmentEnd = segmentStart + 2 + length;
            if (isShown(marker)) {
                segment(marker, length - 2);
            } else {
                note(marker, length - 2);
                shown.add(file.range(partStart, segmentStart - partStart));
                partStart = segmentEnd;
            }
            stream.seek(Math.min(segmentEnd, file.length()));
        }
        shown.add(file.range(partStart, stream.getStreamPosition() - partStart));
        return finish();
    }

    /** The next marker, over entropy-coded bytes; the end of the image where there is none. */
    private int nextMarker() throws IOException {
        int previous = 0;
        for (int value = stream.read(); value >= 0; value = stream.read()) {
            if (previous == 0xff && value != 0 && value != 0xff) {
                return value;
            }
            previous = value;
        }
        return EOI;
    }

    private static boolean isAlone(int marker) {
        return (marker >= RST0 && marker <= SOI) || marker == TEM;
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker < RST0 && marker != DHT && marker != JPG && marker != DAC;
    }

    private static boolean isShown(int marker) {
        return isFrame(marker) || marker == DHT || marker == DAC || marker == SOS || marker == DQT || marker == DRI;
    }

    private void segment(int marker, int length) throws IOException {
        if (isFrame(marker)) {
            if (frame != null) {
                throw PictureException.damaged("it has two frames");
            }
            frame = JpegFrame.read(stream, length);
        } else if (marker == SOS) {
            if (frame == null) {
                throw PictureException.damaged("a scan comes before the frame");
            }
            scans++;
            samplesGoneOver += frame.samplesOfScan(stream);
            requireWork();
        }
    }

    private void note(int marker, int length) throws IOException {
        byte[] start = new byte[Math.min(length, 12)];
        int read = Math.max(0, stream.read(start, 0, start.length));
        if (marker == APP0 && startsWith(start, read, "JFIF")) {
            jfif = true;
        } else if (marker == APP14 && read >= 12 && startsWith(start, read, "Adobe")) {
            adobeTransform = Byte.toUnsignedInt(start[11]);
        }
    }

    private static boolean startsWith(byte[] bytes, int length, String name) {
        if (length < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void requireWork() throws PictureException {
        long samples = frame.samples();
        requireWork(samplesGoneOver, samples, "a JPEG whose first " + PictureLimits.count(scans) + " scans");
        if (scans == 2 && samples > MOST_HELD_SAMPLES) {
            throw new PictureException("is a JPEG of several scans, all of whose " + PictureLimits.count(samples)
                    + " samples must be held in memory; at most " + PictureLimits.count(MOST_HELD_SAMPLES)
                    + " are; save it again, without progressive scans");
        }
    }

    /**
     * Compares the samples that scans go over with those of their picture.
     *
     * @throws PictureException if it is more than any encoder asks for
     */
    static void requireWork(long samplesGoneOver, long samples, String what) throws PictureException {
        long most = Math.max(HARMLESS_SAMPLES, samples * MOST_PASSES);
        if (samplesGoneOver > most) {
            throw new PictureException("is " + what + " go over " + PictureLimits.count(samplesGoneOver)
                    + " samples; at most " + PictureLimits.count(most)
                    + " are taken for its size; save it again, with fewer scans");
        }
    }

    /** Tells whether bytes begin as a JPEG does. */
    static boolean isOne(ByteSource bytes) throws IOException {
        byte[] start = new byte[2];
        return bytes.read(0, start, 0, 2) == 2 && start[0] == (byte) 0xff && start[1] == (byte) SOI;
    }

    /**
     * The samples that the scans of a JPEG inside another picture go over.
     *
     * @throws PictureException if it has more samples than that
     */
    static long samplesGoneOver(ByteSource jpeg, PictureStream stream, long samplesAround) throws IOException {
        JpegFile file = new JpegFile(jpeg, stream);
        file.show();
        if (file.frame.samples() > Math.max(HARMLESS_SAMPLES / MOST_PASSES, 4 * samplesAround)) {
            throw PictureException
                    .damaged("a JPEG in it has " + PictureLimits.count(file.frame.samples()) + " samples");
        }
        return file.samplesGoneOver;
    }

    private ShownBytes finish() throws PictureException {
        if (frame == null) {
            throw PictureException.damaged("it has no frame");
        }
        SplicedBytes whole = new SplicedBytes().add(ByteSource.of((byte) 0xff, (byte) SOI));
        if (frame.components() == 3) {
            whole.add(adobeMarker(frame.storesRgb(jfif, adobeTransform) ? 0 : 1)).add(shown);
            return ShownBytes.plain(whole);
        }
        if (frame.components() == 4) {
            whole.add(adobeMarker(0)).add(shown);
            return new ShownBytes(whole, new ShownBytes.Inks(adobeTransform == 2));
        }
        return ShownBytes.plain(whole.add(shown));
    }

    /** Says whether components are colours, 0, or luma and chroma, 1. */
    private static ByteSource adobeMarker(int transform) {
        return ByteSource.of((byte) 0xff, (byte) APP14, (byte) 0, (byte) 14, (byte) 'A', (byte) 'd', (byte) 'o',
                (byte) 'b', (byte) 'e', (byte) 0, (byte) 100, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
                (byte) transform);
    }
}
