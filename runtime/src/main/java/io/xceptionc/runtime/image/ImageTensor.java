package io.xceptionc.runtime.image;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Turns a decoded picture into the input of a network: {@code picture -> [height, width, channels]}, NHWC without the
 * batch, float32 in native byte order.
 *
 * <p>The levels before scaling are, to the bit, those of Pillow's {@code Image.resize} on the picture converted to
 * "RGB" or "L". Pillow 12.3 and later take another order of the passes for pictures more than 100 times as high as wide
 * that become lower; there a level can differ.
 *
 * <p>Pictures of every {@code BufferedImage} type are read by their stored values: alpha is dropped, not blended; of
 * 16-bit samples the upper byte counts; colour profiles are not applied. A picture is taken as it lies in
 * memory: {@code PictureFile} turns it as its EXIF says, {@code ImageIO} does not.
 */
public final class ImageTensor {
    /** The longest side of a picture, which is also the longest that JPEG can store. */
    public static final int MAXIMUM_PICTURE_SIDE = 65535;

    private ImageTensor() {}

    /**
     * Writes the values of {@code picture} to the start of {@code destination}, which may be unaligned and longer than
     * needed.
     *
     * @throws IllegalArgumentException when a side of the picture is longer than {@value #MAXIMUM_PICTURE_SIDE}, or
     *     when the destination is read-only or too small
     */
    public static void fill(BufferedImage picture, Preprocessing preprocessing, MemorySegment destination) {
        requireAcceptable(picture);
        requireRoom(preprocessing, destination);
        Placement placement = Placement.of(picture.getHeight(), picture.getWidth(), preprocessing);
        byte[] window = Resampler.resample(
                RowSource.of(picture, preprocessing.channels()),
                AxisFilter.of(placement.vertical(), preprocessing.interpolation()),
                AxisFilter.of(placement.horizontal(), preprocessing.interpolation()));
        write(window, placement, preprocessing, destination);
    }

    /**
     * Returns the values of {@code picture}, row-major.
     *
     * @throws IllegalArgumentException when a side of the picture is longer than {@value #MAXIMUM_PICTURE_SIDE}
     */
    public static float[] toArray(BufferedImage picture, Preprocessing preprocessing) {
        float[] values = new float[preprocessing.valueCount()];
        fill(picture, preprocessing, MemorySegment.ofArray(values));
        return values;
    }

    private static void requireAcceptable(BufferedImage picture) {
        if (Math.max(picture.getHeight(), picture.getWidth()) > MAXIMUM_PICTURE_SIDE) {
            throw new IllegalArgumentException("the picture has %d x %d pixels, at most %d to a side are accepted"
                    .formatted(picture.getWidth(), picture.getHeight(), MAXIMUM_PICTURE_SIDE));
        }
    }

    private static void requireRoom(Preprocessing preprocessing, MemorySegment destination) {
        if (destination.isReadOnly()) {
            throw new IllegalArgumentException("the destination is read-only");
        }
        long neededBytes = preprocessing.valueCount() * (long) Float.BYTES;
        if (destination.byteSize() < neededBytes) {
            throw new IllegalArgumentException("the destination has %d bytes, the input [%d, %d, %d] needs %d"
                    .formatted(
                            destination.byteSize(),
                            preprocessing.height(),
                            preprocessing.width(),
                            preprocessing.channels().count(),
                            neededBytes));
        }
    }

    /** Writes the window row by row, in a frame of one level where the input is larger. */
    private static void write(
            byte[] window, Placement placement, Preprocessing preprocessing, MemorySegment destination) {
        int channelCount = preprocessing.channels().count();
        int windowRowBytes = placement.horizontal().windowSize() * channelCount;
        byte[] frame = new byte[preprocessing.width() * channelCount];
        Arrays.fill(frame, (byte) (preprocessing.resize() instanceof Resize.Letterbox(int level) ? level : 0));
        byte[] row = frame.clone();
        RowWriter writer = new RowWriter(preprocessing, destination);
        for (int y = 0; y < preprocessing.height(); y++) {
            int windowY = y - placement.vertical().targetStart();
            if (windowY >= 0 && windowY < placement.vertical().windowSize()) {
                int targetStart = placement.horizontal().targetStart() * channelCount;
                System.arraycopy(window, windowY * windowRowBytes, row, targetStart, windowRowBytes);
                writer.write(row);
            } else {
                writer.write(frame);
            }
        }
    }

    /** Appends rows of levels to the destination, each channel in its place and scaled. */
    private static final class RowWriter {
        private final float[][] tables;
        private final boolean reversed;
        private final MemorySegment destination;
        private long byteOffset;

        RowWriter(Preprocessing preprocessing, MemorySegment destination) {
            this.tables = preprocessing.scaling().stream().map(ChannelScaling::table).toArray(float[][]::new);
            this.reversed = preprocessing.channels() == Channels.BGR;
            this.destination = destination;
        }

        void write(byte[] levels) {
            int channelCount = tables.length;
            for (int pixelStart = 0; pixelStart < levels.length; pixelStart += channelCount) {
                for (int channel = 0; channel < channelCount; channel++) {
                    int sourceChannel = reversed ? channelCount - 1 - channel : channel;
                    int level = Byte.toUnsignedInt(levels[pixelStart + sourceChannel]);
                    destination.set(JAVA_FLOAT_UNALIGNED, byteOffset, tables[channel][level]);
                    byteOffset += Float.BYTES;
                }
            }
        }
    }
}
