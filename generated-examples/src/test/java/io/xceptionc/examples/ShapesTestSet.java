package io.xceptionc.examples;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Pictures of figures that training has not seen, with what PyTorch makes of them. */
final class ShapesTestSet {

    private static final String MAGIC = "XSHAPES1";

    private final byte[][] levels;
    private final int[] labels;
    private final float[][] probabilities;

    private ShapesTestSet(byte[][] levels, int[] labels, float[][] probabilities) {
        this.levels = levels;
        this.labels = labels;
        this.probabilities = probabilities;
    }

    /** Reads {@code shapes-test.bin.gz}; {@code training/README.md} describes it. */
    static ShapesTestSet read() throws IOException {
        try (InputStream file = ShapesTestSet.class.getResourceAsStream("/shapes-test.bin.gz");
                DataInputStream stream = new DataInputStream(new GZIPInputStream(file))) {
            if (!new String(stream.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC)) {
                throw new IOException("not a file of shapes");
            }
            int count = stream.readInt();
            int levelCount = stream.readInt() * stream.readInt() * 3;
            int labelCount = stream.readInt();
            byte[][] levels = new byte[count][];
            for (int picture = 0; picture < count; picture++) {
                levels[picture] = stream.readNBytes(levelCount);
            }
            int[] labels = new int[count];
            for (int picture = 0; picture < count; picture++) {
                labels[picture] = stream.readUnsignedByte();
            }
            return new ShapesTestSet(levels, labels, readProbabilities(stream, count, labelCount));
        }
    }

    private static float[][] readProbabilities(DataInputStream stream, int count, int labelCount) throws IOException {
        float[][] probabilities = new float[count][labelCount];
        for (float[] row : probabilities) {
            for (int label = 0; label < labelCount; label++) {
                row[label] = stream.readFloat();
            }
        }
        return probabilities;
    }

    /** The number of pictures. */
    int count() {
        return levels.length;
    }

    /** A picture, {@code [height, width, 3]}, RGB, prepared as PyTorch was given it: {@code x / 127.5 - 1}. */
    float[] input(int picture) {
        float[] input = new float[levels[picture].length];
        for (int i = 0; i < input.length; i++) {
            input[i] = Byte.toUnsignedInt(levels[picture][i]) / 127.5f - 1;
        }
        return input;
    }

    /** The number of what a picture shows. */
    int label(int picture) {
        return labels[picture];
    }

    /** What PyTorch makes of a picture. */
    float[] probabilities(int picture) {
        return probabilities[picture].clone();
    }
}
