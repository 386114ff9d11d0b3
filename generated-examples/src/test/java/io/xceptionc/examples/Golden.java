package io.xceptionc.examples;

import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.weights.SeededValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What PyTorch makes of a spec's network, one row of {@code goldens.csv}.
 *
 * @param name its files' name
 * @param spec the spec's name
 * @param trained whether the weights are the trained ones, not those of seed 1
 * @param batch images in the input
 * @param size the input's height and width
 * @param channels the input's channels
 * @param trainable parameters that training changes
 * @param statistics parameters that it does not
 * @param outputCount elements of the whole output
 * @param sampleStep the distance of those elements that {@link #samples} holds
 */
record Golden(
        String name,
        String spec,
        boolean trained,
        int batch,
        ImageSize size,
        int channels,
        long trainable,
        long statistics,
        int outputCount,
        int sampleStep) {

    private static final Path FOLDER = Path.of("goldens");
    private static final int SEED = 1;
    /** Above this many pixels a golden takes seconds where others take parts of one. */
    private static final int MOST_SMALL_PIXELS = 100 * 100;

    /** All of them. */
    static Stream<Golden> all() {
        return CsvFile.rows(FOLDER.resolve("goldens.csv")).stream().map(Golden::of);
    }

    /** Those with small inputs: at least one of each spec. */
    static Stream<Golden> small() {
        return all().filter(golden -> golden.size.height() * golden.size.width() <= MOST_SMALL_PIXELS);
    }

    /** One small golden of each spec, of one image and the weights of seed 1. */
    static Stream<Golden> onePerSpec() {
        return small().filter(golden -> golden.batch == 1 && !golden.trained);
    }

    /** The one of a name. */
    static Golden named(String name) {
        return all().filter(golden -> golden.name.equals(name)).findFirst().orElseThrow();
    }

    private static Golden of(Map<String, String> row) {
        return new Golden(row.get("golden"), row.get("spec"), row.get("weights").equals("trained"),
                Integer.parseInt(row.get("batch")),
                new ImageSize(Integer.parseInt(row.get("height")), Integer.parseInt(row.get("width"))),
                Integer.parseInt(row.get("channels")), Long.parseLong(row.get("trained")),
                Long.parseLong(row.get("untrained")), Integer.parseInt(row.get("output_count")),
                Integer.parseInt(row.get("sample_step")));
    }

    /** What compiles it. */
    CompilerOptions options() {
        CompilerOptions options = CompilerOptions.of(Zoo.spec(spec)).withInput(size).withBatch(batch);
        return trained ? options.withWeights(Zoo.weights(spec)) : options.withSeed(SEED);
    }

    /** The input, {@code [batch, height, width, channels]}. */
    float[] input() {
        return SeededValues.of(SEED, "input", batch * size.height() * size.width() * channels, -1, 1);
    }

    /** Every {@link #sampleStep}-th element of the output. */
    float[] samples() {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + ".npy")))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(10 + Short.toUnsignedInt(bytes.getShort(8)));
            float[] samples = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(samples);
            return samples;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What each layer yields, in order. */
    List<LayerStatistics> layers() {
        return CsvFile.rows(FOLDER.resolve(name + "-layers.csv")).stream().map(LayerStatistics::of).toList();
    }

    /** How the layers of a spec are connected, {@code layer,operation,inputs} a row. */
    static List<Map<String, String>> wiring(String spec) {
        return CsvFile.rows(FOLDER.resolve("wiring").resolve(spec + ".csv"));
    }

    @Override
    public String toString() {
        return name;
    }
}
