package io.xceptionc.compiler;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.testing.SpecText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Specs that together use every kernel, with several threads where there are some. */
enum KernelSpec {

    CONVOLUTIONS(1), PICTURES(2);

    private final int batch;

    KernelSpec(int batch) {
        this.batch = batch;
    }

    private String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".yaml";
    }

    private String text() {
        try (InputStream stream = KernelSpec.class.getResourceAsStream("kernels/" + fileName())) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class of its kernels for a width of vectors. */
    String kernelsClass(int vectorBits) {
        return networkClass() + "Kernels" + vectorBits;
    }

    /** The class of the network. */
    String networkClass() {
        String model = name().toLowerCase(Locale.ROOT);
        return "xceptionc.model." + model + "." + name().charAt(0) + model.substring(1);
    }

    /** What is emitted. */
    Graph graph() {
        return Pipeline.STANDARD.run(SpecText.of(text()).valid().graph()).graph();
    }

    /** The jar in a folder, compiled if it is not there. */
    Path jar(Path folder) throws Exception {
        Path jar = folder.resolve(name() + ".jar");
        if (!Files.exists(jar)) {
            Path spec = Files.writeString(folder.resolve(fileName()), text());
            Compiler.compile(CompilerOptions.of(spec).withBatch(batch), jar, stage -> {
            });
        }
        return jar;
    }
}
