package io.xceptionc.benchmarks.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Images to run a network on.
 *
 * @param batch how many
 * @param channels of each
 * @param height of each
 * @param width of each
 * @param values batch outermost; whether channels come last is for the reader to know
 */
public record ImageBatch(int batch, int channels, int height, int width, FloatBuffer values) {

    public ImageBatch {
        if (values.remaining() != batch * channels * height * width) {
            throw new IllegalArgumentException(values.remaining() + " values are no images of that size");
        }
    }

    /** Noise from -1 to 1, channels last. */
    public static ImageBatch noise(int batch, int channels, int height, int width, long seed) {
        Random random = new Random(seed);
        float[] values = new float[batch * channels * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return new ImageBatch(batch, channels, height, width, FloatBuffer.wrap(values));
    }

    /** The images of a file that {@link #write} wrote, in memory off the heap. */
    public static ImageBatch read(Path file, int batch, int channels, int height, int width) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        buffer.put(bytes).flip();
        return new ImageBatch(batch, channels, height, width, buffer.asFloatBuffer());
    }

    /** Writes the values in the machine's byte order. */
    public void write(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.remaining() * 4).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values.duplicate());
        Files.write(file, bytes.array());
    }

    /** The same images with channels first, of images with channels last. */
    public ImageBatch channelsFirst() {
        int pixels = height * width;
        float[] moved = new float[values.remaining()];
        for (int i = 0; i < moved.length; i++) {
            int image = i / (pixels * channels);
            int pixel = i / channels % pixels;
            int channel = i % channels;
            moved[(image * channels + channel) * pixels + pixel] = values.get(i);
        }
        return new ImageBatch(batch, channels, height, width, FloatBuffer.wrap(moved));
    }
}
