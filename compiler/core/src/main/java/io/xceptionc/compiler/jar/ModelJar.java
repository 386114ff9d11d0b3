package io.xceptionc.compiler.jar;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.SelfTest;
import io.xceptionc.runtime.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Writes a model jar: classes, weights, metadata, labels, a self-test; and for people the spec and the generated source. The same model is the
 * same bytes.
 */
public final class ModelJar {

    /** The folder of the spec and the generated source. */
    public static final String SOURCES = "META-INF/xceptionc/sources/";
    /** The spec, as the user wrote it. */
    public static final String SPEC = "META-INF/xceptionc/spec.yaml";

    private final GeneratedModel model;
    private final Map<String, byte[]> classFiles;
    private final ModelSignature signature;
    private final String specText;
    private final Optional<SelfTest> selfTest;
    private final Storage storage;

    /** Of a generated model whose sources were compiled; what the storage cannot hold exactly is rounded. */
    public ModelJar(GeneratedModel model, Map<String, byte[]> classFiles, ModelSignature signature, String specText,
            Optional<SelfTest> selfTest, Storage storage) {
        this.model = model;
        this.classFiles = classFiles;
        this.signature = signature;
        this.specText = specText;
        this.selfTest = selfTest;
        this.storage = storage;
    }

    /** Writes the jar beside its place and moves it there, so that nobody sees half of it. */
    public void writeTo(Path jar) throws IOException {
        AtomicFile.write(jar, this::write);
    }

    private void write(OutputStream stream) throws IOException {
        BlobDigest digest = BlobDigest.of(model.constants(), storage);
        ModelMetadata metadata =
                new ModelMetadata(signature, model.steps(), model.values(), storage,
                        model.constants().halves(storage), model.constants().byteSize(), digest.sha256());
        try (JarWriter jar = new JarWriter(stream)) {
            jar.add(JarFile.MANIFEST_NAME, manifest());
            jar.addStored(model.resourcePath() + ModelMetadata.CONSTANTS_SUFFIX, metadata.storedBytes(),
                    digest.crc32(), target -> model.constants().writeTo(target, storage));
            jar.add(model.resourcePath() + ModelMetadata.METADATA_SUFFIX, utf8(metadata.toText()));
            jar.add(model.resourcePath() + ModelMetadata.LABELS_SUFFIX, utf8(String.join("\n", signature.labels())));
            if (selfTest.isPresent()) {
                jar.add(model.resourcePath() + SelfTest.SUFFIX, utf8(selfTest.get().toText()));
            }
            jar.add(ModuleDescriptor.ENTRY, ModuleDescriptor.of(model.packageName(), model.providerName()));
            jar.add("META-INF/services/" + ModelProvider.class.getName(), utf8(model.providerName() + "\n"));
            for (Map.Entry<String, byte[]> classFile : classFiles.entrySet()) {
                jar.add(classFile.getKey(), classFile.getValue());
            }
            jar.add(SPEC, utf8(specText));
            for (Map.Entry<String, String> source : model.sources().entrySet()) {
                jar.add(SOURCES + source.getKey(), utf8(source.getValue()));
            }
        }
    }

    private byte[] manifest() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(ModelMetadata.MANIFEST_ATTRIBUTE, model.className());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
