package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Opens a model from its generated class and the files beside that class: metadata, labels and weights. */
final class ModelResources {

    private final Class<? extends Network> generated;

    private ModelResources(Class<? extends Network> generated) {
        this.generated = generated;
    }

    /**
     * Opens the model; if that fails, all that was allocated for it is freed.
     *
     * @param grants memory for the weights, then for sessions, and threads
     * @param unload run when the model is closed
     */
    static CompiledModel open(Class<? extends Network> generated, OpenOptions options, Grants grants,
            Runnable unload) {
        VectorModule.require();
        VectorModule.requireBits(options.vectorBits());
        ModelResources resources = new ModelResources(generated);
        resources.requireOpen();
        ModelMetadata metadata = resources.metadata();
        resources.requireLength(metadata);
        Network network = resources.instantiate(options.vectorBits());
        VectorModule.claim(network.vectorBits());
        if (options.strict()) {
            VectorCompiler.require();
        }
        WarmUp warmUp = WarmUp.start(network, grants);
        boolean opened = false;
        CompiledModel model = null;
        try {
            model = NativeMemory.open(grants.memory(), "the model '" + metadata.signature().name() + "'",
                    metadata.constantsBytes(), memory -> new CompiledModel(metadata, network, memory,
                            resources.constants(metadata, options, memory, grants), options, warmUp, grants, unload));
            resources.requireDigest(metadata, options.mappedWeights()
                    ? ConstantsReader.digestOf(model.constants())
                    : resources.read(metadata, model.constants()));
            if (options.warmUp() == OpenOptions.WarmUpTime.BEFORE_OPEN_RETURNS) {
                model.awaitWarmUp();
            }
            opened = true;
            return model;
        } finally {
            if (!opened && model != null) {
                model.close();
            } else if (!opened) {
                warmUp.cancel();
            }
        }
    }

    /** The files in a package of a named module are only for those modules to which it is open. */
    private void requireOpen() {
        Module module = generated.getModule();
        Module reader = ModelResources.class.getModule();
        if (!module.isOpen(generated.getPackageName(), reader)) {
            throw new ModelException("the files of " + generated.getName() + " cannot be read, as the module "
                    + module.getName() + " keeps them to itself; add to its module-info.java: opens "
                    + generated.getPackageName() + (reader.isNamed() ? " to " + reader.getName() : "") + ";");
        }
    }

    private Network instantiate(int vectorBits) {
        try {
            Network network = generated.getConstructor(int.class).newInstance(vectorBits);
            network.sharedKernels(); // of which an earlier runtime may lack one
            return network;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ModelException(generated.getName() + " was not made for this runtime: " + e
                    + "; compile it again with this version", e);
        }
    }

    private ModelMetadata metadata() {
        return ModelMetadata.parse(generated.getName(), this::text);
    }

    /**
     * Reads the self-test beside a generated class.
     *
     * @throws ModelException if there is none, or it is damaged
     */
    static SelfTest selfTest(Class<? extends Network> generated) {
        try (InputStream stream = generated.getResourceAsStream(generated.getSimpleName() + SelfTest.SUFFIX)) {
            if (stream == null) {
                throw new ModelException("the model " + generated.getName() + " has no self-test: it was compiled with"
                        + " --no-self-test or by an earlier version; compile it again");
            }
            Properties properties = new Properties();
            properties.load(new StringReader(text(stream)));
            return SelfTest.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException("the self-test of " + generated.getName() + " is damaged: "
                    + Objects.requireNonNullElse(e.getMessage(), "it ends too early") + "; compile the model again", e);
        }
    }

    private String text(String suffix) throws IOException {
        try (InputStream stream = stream(suffix)) {
            return text(stream);
        }
    }

    /** A text of bounded size. */
    static String text(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(ModelMetadata.LARGEST_TEXT_BYTES + 1);
        if (bytes.length > ModelMetadata.LARGEST_TEXT_BYTES) {
            throw new IOException("it has more than " + ModelMetadata.LARGEST_TEXT_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private InputStream stream(String suffix) throws IOException {
        InputStream stream = generated.getResourceAsStream(generated.getSimpleName() + suffix);
        if (stream == null) {
            throw new IOException("there is no " + generated.getSimpleName() + suffix + " beside the class");
        }
        return stream;
    }

    /** Compares the length that the metadata say with what is there, before memory is allocated for it. */
    private void requireLength(ModelMetadata metadata) {
        URL weights = generated.getResource(generated.getSimpleName() + ModelMetadata.CONSTANTS_SUFFIX);
        if (weights == null) {
            return; // a class loader that has streams only
        }
        try {
            URLConnection connection = weights.openConnection();
            connection.setUseCaches(false); // else the jar stays open
            try (InputStream _ = connection.getInputStream()) {
                long length = connection.getContentLengthLong();
                if (length >= 0 && length != metadata.storedBytes()) {
                    throw new ModelException(
                            "the weights of " + generated.getName() + " are damaged: they have " + length
                                    + " bytes, not " + metadata.storedBytes() + "; compile the model again");
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ModelException unreadable(IOException e) {
        return new ModelException("the weights of " + generated.getName() + " cannot be read: " + e.getMessage()
                + "; compile the model again", e);
    }

    /** The memory of the constants: to be filled, or their own. */
    private MemorySegment constants(ModelMetadata metadata, OpenOptions options, Arena memory, Grants grants) {
        if (!options.mappedWeights()) {
            return memory.allocate(metadata.constantsBytes(), 64);
        }
        try {
            if (metadata.storage().isHalf()) {
                throw new IOException("they are stored as " + metadata.storage() + ", and kernels take float32");
            }
            return MappedWeights.map(generated.getResource(generated.getSimpleName() + ModelMetadata.CONSTANTS_SUFFIX),
                    metadata.constantsBytes(), memory, grants);
        } catch (IOException e) {
            throw new ModelException("the weights of " + generated.getName() + " cannot be mapped: " + e.getMessage()
                    + "; open the model without mapped weights", e);
        }
    }

    /** Fills the memory of the constants, and returns their digest. */
    private String read(ModelMetadata metadata, MemorySegment constants) {
        try (InputStream stream = stream(ModelMetadata.CONSTANTS_SUFFIX)) {
            return new ConstantsReader(stream, metadata.storage(), metadata.storedBytes(), constants)
                    .read(metadata.halves());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void requireDigest(ModelMetadata metadata, String digest) {
        if (!digest.equals(metadata.constantsDigest())) {
            throw new ModelException("the weights of " + generated.getName() + " are damaged: their SHA-256 is "
                    + digest + ", not " + metadata.constantsDigest() + "; compile the model again");
        }
    }
}
