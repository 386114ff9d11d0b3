package io.xceptionc.examples.http;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.image.ImageTensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import xceptionc.examples.XceptionShapesModel;

/** The trained model, pictures of what it knows, and requests with them. */
final class Shapes {

    static final String INFER = "/v2/models/xception-shapes/infer";
    static final String CLASSIFY = "/v2/models/xception-shapes/classify";
    static final int VALUES = 64 * 64 * 3;
    static final List<String> LABELS =
            List.of("arrow", "crescent", "cross", "disc", "heart", "pentagon", "ring", "square",
                    "star", "triangle");

    /**
     * A service at a free port that is as patient as a busy machine needs, on which a model may take half a minute to
     * warm up.
     */
    static final ServiceOptions SERVICE =
            ServiceOptions.DEFAULT.withPort(0).withNotice(Duration.ZERO).withPatience(Duration.ofMinutes(5))
                    .withShutdown(Duration.ofMinutes(5));

    private static final Path PICTURES = Path.of("..", "models", "xception-shapes-pictures");

    private Shapes() {}

    /** A model of its own for each caller, as services close theirs. */
    static CompiledModel open() {
        return new XceptionShapesModel().open(OpenOptions.DEFAULT.withThreads(1));
    }

    /** The file of the first picture of a figure. */
    static byte[] picture(String label) {
        try {
            return Files.readAllBytes(PICTURES.resolve(label + "-1.png"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The file of a black and white picture, of which each row begins with a byte for the filter. */
    static byte[] png(int width, int height, byte[] rows) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream packer = new DeflaterOutputStream(packed)) {
            packer.write(rows);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.writeLong(0x89504E470D0A1A0AL);
        writeChunk(out, "IHDR",
                ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {1, 0, 0, 0, 0}).array());
        writeChunk(out, "IDAT", packed.toByteArray());
        writeChunk(out, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }

    /** The same as the model takes it. */
    static float[] image(String label, CompiledModel model) {
        try {
            return ImageTensor.toArray(ImageIO.read(PICTURES.resolve(label + "-1.png").toFile()),
                    model.signature().preprocessing().orElseThrow());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A request with some images. */
    static String request(int count, String data) {
        return """
                {"id": "42", "inputs": [
                  {"name": "input", "shape": [%d, 64, 64, 3], "datatype": "FP32", "data": %s}]}""".formatted(count,
                data);
    }

    /** Values as JSON. */
    static String json(float... values) {
        List<String> texts = new ArrayList<>();
        for (float value : values) {
            texts.add(Float.toString(value));
        }
        return "[" + String.join(",", texts) + "]";
    }

    /** The response to {@link #request}. */
    static String response(int count, float... results) {
        return "{\"model_name\":\"xception-shapes\",\"id\":\"42\",\"outputs\":[{\"name\":\"output\",\"datatype\":\"FP32\","
                + "\"shape\":[" + count + ",10],\"data\":" + json(results) + "}]}";
    }
}
