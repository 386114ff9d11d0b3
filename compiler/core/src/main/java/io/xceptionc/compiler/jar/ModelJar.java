package io.xceptionc.compiler.jar;

import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.PlanJson;
import io.xceptionc.compiler.plan.PlanPrinter;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelProvider;
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
 * Writes a model jar: classes, weights, metadata, labels, a self-test; and for people the spec, the plan, the generated
 * source and a note on licences. The same model is the same bytes.
 */
public final class ModelJar {

    /** The folder of the spec and the generated source. */
    public static final String SOURCES = "META-INF/xceptionc/sources/";
    /** The spec, as the user wrote it. */
    public static final String SPEC = "META-INF/xceptionc/spec.yaml";

    /** How the network is computed and where its values lie, for people. */
    public static final String PLAN = "META-INF/xceptionc/plan.txt";
    /** The same for programs. */
    public static final String PLAN_JSON = "META-INF/xceptionc/plan.json";

    /** Under which terms all that may be used. */
    public static final String LICENSE = "META-INF/LICENSE";

    private final ModelFiles files;
    private final Map<String, byte[]> classFiles;
    private final MemoryPlan plan;
    private final String specText;
    private final Optional<String> license;

    /**
     * Of a generated model whose sources were compiled.
     *
     * @param license what the spec says of it
     */
    public ModelJar(ModelFiles files, Map<String, byte[]> classFiles, MemoryPlan plan, String specText,
            Optional<String> license) {
        this.files = files;
        this.classFiles = classFiles;
        this.plan = plan;
        this.specText = specText;
        this.license = license;
    }

    /** Writes the jar beside its place and moves it there, so that nobody sees half of it. */
    public void writeTo(Path jar) throws IOException {
        AtomicFile.write(jar, this::write);
    }

    /**
     * Writes the jar as {@link #writeTo} does, and runs its model once before it comes to its place.
     *
     * @param beforeTrial is run when the jar is written
     * @throws ModelException if the model does not run; then the place is as it was
     */
    public void writeTried(Path jar, Runnable beforeTrial) throws IOException {
        AtomicFile.write(jar, this::write, draft -> {
            beforeTrial.run();
            TrialRun.of(draft);
        });
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
            jar.add(LICENSE, utf8(licenseNote()));
            jar.add(SPEC, utf8(specText));
            jar.add(PLAN, utf8(PlanPrinter.print(plan)));
            jar.add(PLAN_JSON, utf8(PlanJson.print(plan)));
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

    private String licenseNote() {
        return """
                Model '%s'

                Spec and weights: %s
                Generated code: xceptionc claims no rights in what it generates.
                The runtime that the code needs, xceptionc-runtime, is not in this jar; it is under the Apache License 2.0.
                """
                .formatted(files.modelName(), license.orElse("the spec names no licence; ask those who made them."));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
