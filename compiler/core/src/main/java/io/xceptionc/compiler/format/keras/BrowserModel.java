package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A layers model of TensorFlow.js: {@code model.json} has the configuration of a model of Keras, and says where in
 * files beside it which weights are.
 *
 * @see <a href="https://www.tensorflow.org/js/guide/save_load">TensorFlow.js, save and load models</a>
 */
public final class BrowserModel implements KerasNetwork {

    private final MappedFile file;
    private final String version;
    private final KerasConfig config;
    private final WeightsManifest weights;

    private BrowserModel(MappedFile file, Json document, Path folder) throws InvalidInputException {
        this.file = file;
        Json topology = document.get("modelTopology");
        this.version = KerasFile.plain(topology.get("keras_version").text().orElse("2"));
        Json model = topology.get("model_config").isPresent() ? topology.get("model_config") : topology;
        this.config = KerasConfig.of(file, model);
        this.weights = WeightsManifest.read(file, document.get("weightsManifest"), folder, each -> name(config, each));
    }

    /** Whether a file begins as such a model does. */
    public static boolean isLikely(MappedFile file) throws InvalidInputException {
        String beginning = WeightsManifest.beginning(file);
        return beginning.startsWith("{") && beginning.contains("\"modelTopology\"")
                && beginning.contains("\"class_name\"");
    }

    /**
     * Opens a model in a mapped file, which is closed with it; its weights must lie in the same folder.
     *
     * @throws InvalidInputException if it is damaged, or no such model; the mapped file stays open then
     */
    public static BrowserModel open(MappedFile file, Path path) throws InvalidInputException {
        return new BrowserModel(file, WeightsManifest.document(file), path.toAbsolutePath().getParent());
    }

    /** The name of a tensor among those of its layer. */
    private static String name(KerasConfig config, String stored) {
        WeightName parts = WeightName.of(stored);
        return parts.scope() + "/" + canonical(config.layers(), parts).orElse(parts.weight());
    }

    private static Optional<String> canonical(List<KerasLayer> layers, WeightName parts) {
        return layers.stream().flatMap(layer -> layer.name().equals(parts.scope())
                ? Stream.of(VariableNames.canonical(layer.directory(), parts.weight()))
                : canonical(layer.layers(), parts).stream()).findFirst();
    }

    @Override
    public boolean isKeras3() {
        return KerasNetwork.isKeras3(version);
    }

    @Override
    public boolean freezesNorms() {
        return KerasNetwork.freezesNorms(version);
    }

    @Override
    public Optional<KerasConfig> config() {
        return Optional.of(config);
    }

    @Override
    public InvalidInputException problem(DiagnosticCode code, String message, String help) {
        return file.problem(code, message, help);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return "TensorFlow.js layers model of Keras " + version;
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.of(TensorConvention.KERAS);
    }

    @Override
    public Map<String, Double> epsilons() {
        return config.epsilons();
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
