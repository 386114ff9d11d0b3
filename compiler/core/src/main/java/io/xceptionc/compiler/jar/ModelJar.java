package io.xceptionc.compiler.jar;

import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
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

    private final ModelFiles files;
    private final Map<String, byte[]> classFiles;
    private final String specText;

    /** Of a generated model whose sources were compiled. */
    public ModelJar(ModelFiles files, Map<String, byte[]> classFiles, String specText) {
        this.files = files;
        this.classFiles = classFiles;
        this.specText = specText;
    }

    /** Writes the jar beside its place and moves it there, so that nobody sees half of it. */
    public void writeTo(Path jar) throws IOException {
        AtomicFile.write(jar, this::write);
    }

    private void write(OutputStream stream) throws IOException {
        try (JarWriter jar = new JarWriter(stream)) {
            jar.add(JarFile.MANIFEST_NAME, manifest());
            jar.addStored(files.constantsPath(), files.constantsBytes(), files.constantsDigest().crc32(),
                    files::writeConstants);
            add(jar, "", files.texts());
            jar.add(ModuleDescriptor.ENTRY, ModuleDescriptor.of(files.packageName(), files.providerName()));
            jar.add("META-INF/services/" + ModelProvider.class.getName(), utf8(files.providerName() + "\n"));
            add(jar, "", classFiles);
            jar.add(SPEC, utf8(specText));
            add(jar, SOURCES, files.sources());
        }
    }

    private static void add(JarWriter jar, String folder, Map<String, byte[]> contents) throws IOException {
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            jar.add(folder + content.getKey(), content.getValue());
        }
    }

    private byte[] manifest() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue(ModelMetadata.MANIFEST_ATTRIBUTE, files.className());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
