package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.FileKind;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.hdf5.Hdf5File;
import io.xceptionc.compiler.format.hdf5.Hdf5Object;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights, or a model with weights, that Keras has saved as HDF5 or in an archive. Tensors have the names of Keras 2, whatever
 * their datasets are called, and come in the order of the model's layers.
 */
public final class KerasFile implements TensorSource {

    static final String HELP = "save it anew with Keras: model.save_weights('model.weights.h5')";

    private static final String MODEL_WEIGHTS = "model_weights";
    private static final String MODEL_CONFIG = "model_config";
    private static final String KERAS_VERSION = "keras_version";

    private final MappedFile file;
    private final String format;
    private final Optional<KerasConfig> config;
    private final Map<String, KerasTensor> tensors = new LinkedHashMap<>();

    KerasFile(MappedFile file, String format, Optional<KerasConfig> config, List<KerasTensor> listed)
            throws InvalidInputException {
        this.file = file;
        this.format = format;
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
        Optional<KerasConfig> config = config(file, root);
        Optional<Hdf5Object> modelWeights = root.child(MODEL_WEIGHTS);
        Hdf5Object weights = modelWeights.isPresent() ? modelWeights.get() : root;
        Optional<String> version = root.text(KERAS_VERSION);
        if (LegacyLayers.isRoot(weights)) {
            Optional<String> ownVersion = weights.text(KERAS_VERSION);
            String what = modelWeights.isPresent() ? "HDF5 model of Keras " : "HDF5 weights of Keras ";
            // Keras itself takes files without a version for those of Keras 1.
            return new KerasFile(file, what + plain(ownVersion.or(() -> version).orElse("1")), config,
                    LegacyLayers.read(file, weights, config));
        }
        return new KerasFile(file, "HDF5 weights of Keras 3", config, saved(file, root, config));
    }

    /**
     * Opens a file of either kind.
     *
     * @throws InvalidInputException if it cannot be read, is damaged, or not one that Keras has written
     */
    public static KerasFile open(Path path) throws InvalidInputException {
        return MappedFile.open(path,
                file -> isZip(file) ? KerasArchive.open(file, ZipArchive.of(file)) : open(file));
    }

    /** Whether a file is one that Keras may have written. */
    public static boolean isLikely(MappedFile file) throws InvalidInputException {
        return isZip(file)
                ? KerasArchive.isLikely(ZipArchive.of(file))
                : Hdf5File.signatureOffset(file).filter(byteOffset -> byteOffset == 0).isPresent();
    }

    private static boolean isZip(MappedFile file) throws InvalidInputException {
        return FileKind.of(file.bytes(0, (int) Math.min(file.byteSize(), FileKind.BYTES)))
                .equals(Optional.of(FileKind.ZIP));
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
        return format;
    }

    @Override
    public Map<String, Double> epsilons() {
        return config.map(KerasConfig::epsilons).orElse(Map.of());
    }

    /** Whether the file is of Keras 3 or later, where activations of some names are others than before. */
    public boolean isKeras3() {
        return format.matches(".* Keras ([3-9]|\\d{2,}).*");
    }

    /**
     * Whether batch norms that are not trained use what they have learned, however they are called: so it is since TensorFlow 2.2,
     * while 2.2.4-tf was that of TensorFlow 1, too.
     */
    public boolean freezesNorms() {
        return isKeras3() || format.matches(".* Keras 2\\.([4-9]|\\d{2,}|3\\.\\d+-tf).*");
    }

    /** The model, if the file says more of it than its weights. */
    public Optional<KerasConfig> config() {
        return config;
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

    /** A problem with what the file holds, for those who import it. */
    public InvalidInputException problem(DiagnosticCode code, String message, String help) {
        return file.problem(code, message, help);
    }

    @Override
    public void close() {
        file.close();
    }
}
