package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.hdf5.Hdf5File;
import io.xceptionc.compiler.format.hdf5.Hdf5Object;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights, or a model with weights, that Keras has saved as HDF5 or in an archive. Tensors have the names of Keras 2,
 * whatever their datasets are called, and come in the order of the model's layers.
 */
public final class KerasFile implements KerasNetwork {

    static final String HELP = "save it anew with Keras: model.save_weights('model.weights.h5')";

    private static final String MODEL_WEIGHTS = "model_weights";
    private static final String MODEL_CONFIG = "model_config";
    private static final String KERAS_VERSION = "keras_version";

    private final MappedFile file;
    private final String kind;
    private final String version;
    private final Optional<KerasConfig> config;
    private final Map<String, KerasTensor> tensors = new LinkedHashMap<>();

    KerasFile(MappedFile file, String kind, String version, Optional<KerasConfig> config, List<KerasTensor> listed)
            throws InvalidInputException {
        this.file = file;
        this.kind = kind;
        this.version = plain(version);
        this.config = config;
        for (KerasTensor tensor : listed) {
            if (tensors.putIfAbsent(tensor.name(), tensor) != null
                    && tensors.putIfAbsent(tensor.path().substring(1), tensor) != null) {
                throw file.damaged("has two tensors called " + Quotation.of(tensor.name()), HELP);
            }
        }
    }

    /**
     * Opens an HDF5 file, which is closed with this one, but not if it is damaged.
     *
     * @throws InvalidInputException if it is damaged or not one that Keras has written
     */
    public static KerasFile open(MappedFile file) throws InvalidInputException {
        Hdf5Object root = Hdf5File.open(file).root();
        return open(file, root, config(file, root), Optional.empty());
    }

    /** The same of a model whose config, and the version of Keras that wrote it, stand elsewhere. */
    static KerasFile open(MappedFile file, KerasConfig config, Optional<String> version)
            throws InvalidInputException {
        return open(file, Hdf5File.open(file).root(), Optional.of(config), version);
    }

    private static KerasFile open(MappedFile file, Hdf5Object root, Optional<KerasConfig> config,
            Optional<String> otherwise) throws InvalidInputException {
        Optional<Hdf5Object> modelWeights = root.child(MODEL_WEIGHTS);
        Hdf5Object weights = modelWeights.isPresent() ? modelWeights.get() : root;
        Optional<String> version = root.text(KERAS_VERSION);
        if (LegacyLayers.isRoot(weights)) {
            Optional<String> ownVersion = weights.text(KERAS_VERSION);
            String what = modelWeights.isPresent() ? "HDF5 model" : "HDF5 weights";
            // Keras itself takes files without a version for those of Keras 1.
            return new KerasFile(file, what, ownVersion.or(() -> version).or(() -> otherwise).orElse("1"), config,
                    LegacyLayers.read(file, weights, config));
        }
        return new KerasFile(file, "HDF5 weights", "3", config, saved(file, root, config));
    }

    /** The tensors of a file in the layout of Keras 3. */
    static List<KerasTensor> saved(MappedFile file, Hdf5Object root, Optional<KerasConfig> config)
            throws InvalidInputException {
        Hdf5Object directory = SavedLayers.directory(root)
                .orElseThrow(() -> file.damaged("is an HDF5 file, but not one of weights from Keras: it has neither the"
                        + " attribute " + LegacyLayers.LAYER_NAMES + " nor a group of layers", HELP));
        return SavedLayers.read(file, directory, config);
    }

    private static Optional<KerasConfig> config(MappedFile file, Hdf5Object root) throws InvalidInputException {
        Optional<String> text = root.text(MODEL_CONFIG);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(KerasConfig.of(file,
                        Json.parse(file, MODEL_CONFIG, text.get().getBytes(StandardCharsets.UTF_8))));
    }

    /** A version as it may stand in a message. */
    static String plain(String version) {
        return version.matches("[0-9A-Za-z.+-]{1,30}") ? version : "of an unknown version";
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return kind + " of Keras " + version;
    }

    @Override
    public Map<String, Double> epsilons() {
        return config.map(KerasConfig::epsilons).orElse(Map.of());
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
        return config;
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.of(TensorConvention.KERAS);
    }

    @Override
    public List<TensorInfo> tensors() {
        return tensors.entrySet().stream().map(entry -> entry.getValue().info(entry.getKey())).toList();
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(tensor -> tensor.info(tensorName));
    }

    /** The path of a tensor's dataset, by which other tools find it. */
    public String originalName(String tensorName) {
        return tensor(tensorName).path();
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        return tensor(tensorName).dataset().values();
    }

    private KerasTensor tensor(String tensorName) {
        KerasTensor tensor = tensors.get(tensorName);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        return tensor;
    }

    @Override
    public InvalidInputException problem(DiagnosticCode code, String message, String help) {
        return file.problem(code, message, help);
    }

    @Override
    public void close() {
        file.close();
    }
}
