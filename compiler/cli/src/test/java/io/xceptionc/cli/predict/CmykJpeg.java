package io.xceptionc.cli.predict;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes JPEG files with four channels, as printers' programs do. */
public final class CmykJpeg {

    private CmykJpeg() {}

    /**
     * A picture of one colour, made as Adobe's programs do: inverted, and with their marker.
     *
     * @param ink cyan, magenta, yellow and black, from 0 to 255
     */
    public static byte[] of(int width, int height, int[] ink) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < 4; band++) {
                    raster.setSample(x, y, band, 255 - ink[band]);
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = writer();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }
        return withMarker(bytes.toByteArray());
    }

    /** The JDK's own writer, which takes rasters of any number of bands. */
    private static ImageWriter writer() {
        ImageWriter[] found = new ImageWriter[1];
        ImageIO.getImageWritersByFormatName("jpeg").forEachRemaining(writer -> {
            if (writer.getClass().getName().startsWith("com.sun.")) {
                found[0] = writer;
            }
        });
        return found[0];
    }

    /** Puts Adobe's marker after the start of the image: version 100, no transform. */
    private static byte[] withMarker(byte[] jpeg) {
        byte[] name = "Adobe".getBytes(StandardCharsets.US_ASCII);
        byte[] marker =
                {(byte) 0xff, (byte) 0xee, 0, 14, name[0], name[1], name[2], name[3], name[4], 0, 100, 0, 0, 0, 0,
                    0};
        byte[] marked = new byte[jpeg.length + marker.length];
        System.arraycopy(jpeg, 0, marked, 0, 2);
        System.arraycopy(marker, 0, marked, 2, marker.length);
        System.arraycopy(jpeg, 2, marked, 2 + marker.length, jpeg.length - 2);
        return marked;
    }
}
