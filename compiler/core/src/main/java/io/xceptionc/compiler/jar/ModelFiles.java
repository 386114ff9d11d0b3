package io.xceptionc.compiler.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The files of a generated model by their paths, with {@code /} between folders: its sources, and what the runtime
 * looks for beside its class. The same model is the same bytes.
 */
public final class ModelFiles {

    private final GeneratedModel model;
    private final Storage storage;
    private final ModelMetadata metadata;
    private final BlobDigest constantsDigest;
    private final SequencedMap<String, byte[]> texts = new LinkedHashMap<>();

    /**
     * Of a generated model; its weights must be there until all is written.
     *
     * @param storage how weights are held; what it cannot hold exactly is rounded
     */
    public ModelFiles(GeneratedModel model, ModelSignature signature, Optional<SelfTest> selfTest, Storage storage)
            throws IOException {
        this.model = model;
        this.storage = storage;
        constantsDigest = BlobDigest.of(model.constants(), storage);
        metadata = new ModelMetadata(signature, model.steps(), model.values(), storage,
                model.constants().halves(storage), model.constants().byteSize(), constantsDigest.sha256());
        texts.put(model.resourcePath() + ModelMetadata.METADATA_SUFFIX, metadata.toText().getBytes(UTF_8));
        texts.put(model.resourcePath() + ModelMetadata.LABELS_SUFFIX,
                String.join("\n", metadata.labels()).getBytes(UTF_8));
        selfTest.ifPresent(
                test -> texts.put(model.resourcePath() + SelfTest.SUFFIX, test.toText().getBytes(UTF_8)));
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            if (text.getValue().length > ModelMetadata.LARGEST_TEXT_BYTES) {
                throw new IOException(text.getKey() + " would have " + text.getValue().length
                        + " bytes, more than " + ModelMetadata.LARGEST_TEXT_BYTES
                        + ", which is what the runtime reads; use fewer layers or labels, or shorter names");
            }
        }
    }

    /** Whether a self-test is among them. */
    public boolean hasSelfTest() {
        return texts.containsKey(model.resourcePath() + SelfTest.SUFFIX);
    }

    /** The model's name, as the spec has it. */
    String modelName() {
        return metadata.signature().name();
    }

    /** The generated network's class, with its package. */
    String className() {
        return model.className();
    }

    /** The package of all its classes. */
    String packageName() {
        return model.packageName();
    }

    /** The class by which programs open the model, with its package. */
    String providerName() {
        return model.providerName();
    }

    /** The sources. */
    SequencedMap<String, byte[]> sources() {
        SequencedMap<String, byte[]> sources = new LinkedHashMap<>();
        model.sources().forEach((path, text) -> sources.put(path, text.getBytes(UTF_8)));
        return sources;
    }

    /** The files beside the class that are text: metadata, labels and the self-test. */
    SequencedMap<String, byte[]> texts() {
        return Collections.unmodifiableSequencedMap(texts);
    }

    /** Where the constants lie, beside the class. */
    String constantsPath() {
        return model.resourcePath() + ModelMetadata.CONSTANTS_SUFFIX;
    }

    /** How many bytes the constants take as they are stored. */
    long constantsBytes() {
        return metadata.storedBytes();
    }

    /** Writes the constants as they are stored. */
    void writeConstants(OutputStream stream) throws IOException {
        model.constants().writeTo(stream, storage);
    }

    /** What must be known of the constants before they are stored. */
    BlobDigest constantsDigest() {
        return constantsDigest;
    }

    /**
     * Writes the sources into a folder; those that are there already with the same bytes are left alone.
     *
     * @return all of them, and whether each was written
     */
    public SequencedMap<Path, Boolean> writeSources(Path folder) throws IOException {
        return write(sources(), folder);
    }

    /**
     * Writes what stands beside the class into a folder as {@link #writeSources} does.
     *
     * @return all of them, and whether each was written
     */
    public SequencedMap<Path, Boolean> writeResources(Path folder) throws IOException {
        SequencedMap<Path, Boolean> written = write(texts, folder);
        Path constants = folder.resolve(constantsPath());
        written.put(constants, AtomicFile.update(constants, this::writeConstants));
        return written;
    }

    private static SequencedMap<Path, Boolean> write(Map<String, byte[]> contents, Path folder) throws IOException {
        SequencedMap<Path, Boolean> written = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            Path file = folder.resolve(content.getKey());
            written.put(file, AtomicFile.update(file, stream -> stream.write(content.getValue())));
        }
        return written;
    }
}
