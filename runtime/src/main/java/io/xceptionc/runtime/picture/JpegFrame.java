package io.xceptionc.runtime.picture;

import java.io.IOException;

/** The size of a JPEG's components. Source: ITU-T T.81, B.2.2 and A.1.1. */
final class JpegFrame {

    private static final int BYTES_BEFORE_COMPONENTS = 6;
    private static final int BYTES_OF_COMPONENT = 3;

    private final int height;
    private final int width;
    private final int[] ids;
    private final int[] horizontalFactors;
    private final int[] verticalFactors;

    private JpegFrame(int height, int width, int components) {
        this.height = height;
        this.width = width;
        this.ids = new int[components];
        this.horizontalFactors = new int[components];
        this.verticalFactors = new int[components];
    }

    /** Reads what follows the length of a frame's segment. */
    static JpegFrame read(PictureStream stream, int length) throws IOException {
        stream.readUnsignedByte(); // bits of a sample
        int height = stream.readUnsignedShort();
        int width = stream.readUnsignedShort();
        int components = stream.readUnsignedByte();
        if (length < BYTES_BEFORE_COMPONENTS + BYTES_OF_COMPONENT * components || components < 1 || components > 4) {
            throw PictureException.damaged("its frame has " + components + " components in " + length + " bytes");
        }
        if (height == 0 || width == 0) {
            throw PictureException.damaged("it declares " + width + " x " + height + " pixels");
        }
        JpegFrame frame = new JpegFrame(height, width, components);
        for (int i = 0; i < components; i++) {
            frame.ids[i] = stream.readUnsignedByte();
            int factors = stream.readUnsignedByte();
            frame.horizontalFactors[i] = factors >> 4;
            frame.verticalFactors[i] = factors & 0xf;
            stream.readUnsignedByte(); // quantisation table
            if (frame.horizontalFactors[i] < 1 || frame.verticalFactors[i] < 1) {
                throw PictureException.damaged("component " + i + " has the sampling factors "
                        + frame.horizontalFactors[i] + " x " + frame.verticalFactors[i]);
            }
        }
        return frame;
    }

    int components() {
        return ids.length;
    }

    /** Of all components together. */
    long samples() {
        long samples = 0;
        for (int i = 0; i < ids.length; i++) {
            samples += samples(i);
        }
        return samples;
    }

    private long samples(int component) {
        return samples(width, horizontalFactors, component) * samples(height, verticalFactors, component);
    }

    private static long samples(int side, int[] factors, int component) {
        int most = 1;
        for (int factor : factors) {
            most = Math.max(most, factor);
        }
        return Math.ceilDiv((long) side * factors[component], most);
    }

    /** Of the components of a scan whose segment is read from after its length. */
    long samplesOfScan(PictureStream stream) throws IOException {
        int components = stream.readUnsignedByte();
        long samples = 0;
        for (int i = 0; i < components; i++) {
            int id = stream.readUnsignedByte();
            stream.readUnsignedByte(); // entropy coding tables
            for (int component = 0; component < ids.length; component++) {
                if (ids[component] == id) {
                    samples += samples(component);
                    break;
                }
            }
        }
        return samples;
    }

    /** Tells for three components whether they are red, green and blue, as libjpeg does. */
    boolean storesRgb(boolean jfif, int adobeTransform) {
        if (jfif) {
            return false;
        }
        return adobeTransform < 0 ? ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B' : adobeTransform == 0;
    }
}
