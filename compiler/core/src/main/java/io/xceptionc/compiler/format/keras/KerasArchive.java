package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.hdf5.Hdf5File;
import io.xceptionc.compiler.format.zip.ZipArchive;
import io.xceptionc.compiler.format.zip.ZipMember;
import java.util.Optional;

/**
 * A {@code .keras} archive: a model's config, a few words on its origin, and its weights as HDF5.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/saving/saving_lib.py">saving_lib,
 *      _save_model_to_fileobj</a>
 */
public final class KerasArchive {

    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";

    private static final int LONGEST_CONFIG = 1 << 26;

    private KerasArchive() {}

    /** Whether an archive has what Keras puts into one. */
    public static boolean isLikely(ZipArchive archive) {
        return archive.find(CONFIG).isPresent() && archive.find(WEIGHTS).isPresent();
    }

    /**
     * Opens an archive, which is closed with its tensors, but not if it is damaged.
     *
     * @throws InvalidInputException if it is damaged or not one that Keras has written
     */
    public static KerasFile open(MappedFile file, ZipArchive archive) throws InvalidInputException {
        Optional<ZipMember> weights = archive.find(WEIGHTS);
        Optional<ZipMember> config = archive.find(CONFIG);
        if (weights.isEmpty() || config.isEmpty()) {
            throw file.damaged("is an archive without " + CONFIG + " or " + WEIGHTS + ", which Keras puts into one",
                    KerasFile.HELP);
        }
        Optional<ZipMember> metadata = archive.find(METADATA);
        String version = "3";
        if (metadata.isPresent()) {
            Json words = Json.parse(file, METADATA, archive.bytes(metadata.get(), LONGEST_CONFIG));
            version = words.get("keras_version").text().orElse(version);
        }
        KerasConfig model = KerasConfig.of(file, Json.parse(file, CONFIG, archive.bytes(config.get(), LONGEST_CONFIG)));
        MappedFile inner = inner(file, archive, weights.get());
        return new KerasFile(file, "archive", version, Optional.of(model),
                KerasFile.saved(inner, Hdf5File.open(inner).root(), Optional.of(model)));
    }

    /** The weights where they lie, or in memory if they must be inflated. */
    private static MappedFile inner(MappedFile file, ZipArchive archive, ZipMember weights)
            throws InvalidInputException {
        if (weights.isStored()) {
            archive.requireIntact(weights);
            return file.part(weights.byteOffset(), weights.byteCount());
        }
        long most = Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 2);
        if (weights.byteCount() > most) {
            throw file.damaged("has weights that inflate from " + weights.storedByteCount() + " bytes to "
                    + weights.byteCount() + ", which is too much",
                    "pack it anew without compression, as Keras does");
        }
        return file.unpacked(archive.bytes(weights, (int) most));
    }
}
