package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model in two files: its config as JSON, which {@code model.to_json()} writes, and its weights, which {@code
 * model.save_weights()} writes.
 *
 * @see <a href="https://keras.io/api/models/model_saving_apis/model_config_serialization/">Keras, model config serialization</a>
 */
public final class KerasArchitecture {

    private static final int LONGEST_JSON = 1 << 26;

    private static final List<String> ENDINGS = List.of(".weights.h5", ".h5", ".hdf5", "_weights.h5");

    private KerasArchitecture() {}

    /** The file beside a config whose name says that it has the weights: {@code model.h5} beside {@code model.json}. */
    public static Optional<Path> weightsBeside(Path config) {
        String stem = config.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
        return ENDINGS.stream().map(ending -> config.resolveSibling(stem + ending)).filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Opens a model in its two files.
     *
     * @throws InvalidInputException if one of them is damaged, or not what Keras writes
     */
    public static KerasFile open(Path config, Path weights) throws InvalidInputException {
        try (MappedFile file = MappedFile.open(config)) {
            if (file.byteSize() > LONGEST_JSON) {
                throw file.damaged("is longer than the config of a model can be", KerasFile.HELP);
            }
            Json document = Json.parse(file, "config", file.bytes(0, (int) file.byteSize()));
            KerasConfig model = KerasConfig.of(file, document);
            return MappedFile.open(weights, content -> KerasFile.open(content, model,
                    document.get("keras_version").text()));
        }
    }
}
