package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layers model of TensorFlow.js: {@code model.json} has the configuration of a model of Keras, and says where in files beside it
 * which weights are.
 *
 * @see <a href="https://www.tensorflow.org/js/guide/save_load">TensorFlow.js, save and load models</a>
 */
public final class BrowserModel implements KerasNetwork {

    private static final String HELP = "convert it again: tensorflowjs_converter --input_format keras model.h5 FOLDER";

    private static final int LONGEST_JSON = 1 << 26;
    private static final int HEAD_BYTES = 1 << 10;

    private final MappedFile file;
    private final String version;
    private final KerasConfig config;
    private final Map<String, StoredWeights> tensors = new LinkedHashMap<>();

    private BrowserModel(MappedFile file, Json document) throws InvalidInputException {
        this.file = file;
        Json topology = document.get("modelTopology");
        this.version = KerasFile.plain(topology.get("keras_version").text().orElse("2"));
        Json model = topology.get("model_config").isPresent() ? topology.get("model_config") : topology;
        this.config = KerasConfig.of(file, model);
    }

    /** Whether a file begins as such a model does. */
    public static boolean isLikely(MappedFile file) throws InvalidInputException {
        String beginning = new String(file.bytes(0, (int) Math.min(file.byteSize(), HEAD_BYTES)),
                StandardCharsets.ISO_8859_1);
        return beginning.stripLeading().startsWith("{") && beginning.contains("\"modelTopology\"")
                && beginning.contains("\"class_name\"");
    }

    /**
     * Opens a model in a mapped file, which is closed with it; its weights must lie in the same folder.
     *
     * @throws InvalidInputException if it is damaged, or no such model; the mapped file stays open then
     */
    public static BrowserModel open(MappedFile file, Path path) throws InvalidInputException {
        if (file.byteSize() > LONGEST_JSON) {
            throw file.damaged("is longer than a model.json can be", HELP);
        }
        Json document = Json.parse(file, "model", file.bytes(0, (int) file.byteSize()));
        BrowserModel model = new BrowserModel(file, document);
        for (Json group : document.get("weightsManifest").elements()) {
            model.read(group, path.toAbsolutePath().getParent());
        }
        return model;
    }

    /** The weights of a group lie one after another in its files, which are read as one. */
    private void read(Json group, Path folder) throws InvalidInputException {
        List<Path> shards = new ArrayList<>();
        long byteCount = 0;
        for (Json name : group.get("paths").elements()) {
            Path shard = shard(folder, name.text().orElse(""));
            shards.add(shard);
            byteCount += size(shard);
        }
        ShardedBytes bytes = new ShardedBytes(shards);
        long byteOffset = 0;
        for (Json weights : group.get("weights").elements()) {
            StoredWeights stored = StoredWeights.of(file, weights, bytes, byteOffset);
            byteOffset += stored.byteCount();
            if (byteOffset > byteCount) {
                throw file.damaged("has weights of " + byteOffset + " bytes or more, its files have " + byteCount,
                        "download all files of the model again");
            }
            put(weights.get("name").text().orElse(""), stored);
        }
    }

    private void put(String name, StoredWeights stored) throws InvalidInputException {
        WeightName parts = WeightName.of(name);
        String weight = parts.scope() + "/" + canonical(config.layers(), parts);
        if (tensors.putIfAbsent(weight, stored) != null) {
            throw file.damaged("has two tensors called " + Quotation.of(weight), HELP);
        }
    }

    private static String canonical(List<KerasLayer> layers, WeightName parts) {
        for (KerasLayer layer : layers) {
            if (layer.name().equals(parts.scope())) {
                return VariableNames.canonical(layer.directory(), parts.weight());
            }
        }
        return parts.weight();
    }

    private Path shard(Path folder, String name) throws InvalidInputException {
        Path shard = folder.resolve(name.matches("[\\w.-]+") ? name : ".");
        if (name.startsWith("..") || !Files.isRegularFile(shard, LinkOption.NOFOLLOW_LINKS)) {
            throw file.problem(DiagnosticCode.E401, "has its weights in the file " + Quotation.of(name)
                    + ", which is not beside it", "put all files of the model into one folder");
        }
        return shard;
    }

    private long size(Path shard) throws InvalidInputException {
        try {
            return Files.size(shard);
        } catch (IOException _) {
            throw file.problem(DiagnosticCode.E401, "has weights in a file that cannot be read", "");
        }
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
        return tensors.entrySet().stream().map(entry -> info(entry.getKey(), entry.getValue())).toList();
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(stored -> info(tensorName, stored));
    }

    private static TensorInfo info(String name, StoredWeights stored) {
        return new TensorInfo(name, ElementType.F32, stored.shape());
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        StoredWeights stored = tensors.get(tensorName);
        if (stored == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        return stored.values(file);
    }

    @Override
    public void close() {
        file.close();
    }
}
