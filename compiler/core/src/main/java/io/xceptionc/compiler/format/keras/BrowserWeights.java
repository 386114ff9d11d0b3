package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights of TensorFlow.js without a network: a {@code weights_manifest.json}, the files of the weights beside it. The
 * program that uses them names them, as face-api does: {@code entry_flow/conv_in/filters}, here {@code
 * entry_flow/conv_in/kernel}.
 *
 * @see <a href="https://github.com/justadudewhohacks/face-api.js/tree/master/weights">face-api, weights</a>
 */
public final class BrowserWeights implements TensorSource {

    /** What programs call tensors after the arguments of the operations that take them. */
    private static final Map<String, String> NAMES_OF_KERAS = Map.of("filters", "kernel", "weights", "kernel",
            "depthwise_filter", "depthwise_kernel", "depthwise_weights", "depthwise_kernel", "pointwise_filter",
            "pointwise_kernel", "biases", "bias");

    private final MappedFile file;
    private final WeightsManifest weights;

    private BrowserWeights(MappedFile file, WeightsManifest weights) {
        this.file = file;
        this.weights = weights;
    }

    /** Whether a file begins as such a list does. */
    public static boolean isLikely(MappedFile file) throws InvalidInputException {
        String beginning = WeightsManifest.beginning(file);
        return beginning.startsWith("[") && (beginning.contains("\"weights\"") || beginning.contains("\"paths\""));
    }

    /**
     * Opens a list in a mapped file, which is closed with it; its weights must lie in the same folder.
     *
     * @throws InvalidInputException if it is damaged; the mapped file stays open then
     */
    public static BrowserWeights open(MappedFile file, Path path) throws InvalidInputException {
        return new BrowserWeights(file, WeightsManifest.read(file, WeightsManifest.document(file),
                path.toAbsolutePath().getParent(), BrowserWeights::name));
    }

    /** A name in the list, its last part as Keras calls it. */
    private static String name(String stored) {
        int end = stored.lastIndexOf('/') + 1;
        String part = stored.substring(end);
        return stored.substring(0, end) + NAMES_OF_KERAS.getOrDefault(part, part);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return "TensorFlow.js weights";
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.of(TensorConvention.KERAS);
    }

    @Override
    public List<TensorInfo> tensors() {
        return weights.tensors();
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return weights.find(tensorName);
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        return weights.values(file, tensorName);
    }

    @Override
    public void close() {
        file.close();
    }
}
