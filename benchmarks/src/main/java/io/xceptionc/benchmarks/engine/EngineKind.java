package io.xceptionc.benchmarks.engine;

import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The engines that are compared. */
public enum EngineKind {
    /** This project. */
    XCEPTIONC("xceptionc", "jar", true),
    /** ONNX Runtime through its own Java API. */
    ONNX_RUNTIME("ONNX Runtime", "onnx", false),
    /** PyTorch through the Deep Java Library. */
    PYTORCH("DJL PyTorch", "pt", false);

    private final String title;
    private final String suffix;
    private final boolean channelsLast;

    EngineKind(String title, String suffix, boolean channelsLast) {
        this.title = title;
        this.suffix = suffix;
        this.channelsLast = channelsLast;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** What the names of its models end with. */
    public String suffix() {
        return suffix;
    }

    /** Whether it takes images as {@code [height, width, channels]} and not as {@code [channels, height, width]}. */
    public boolean channelsLast() {
        return channelsLast;
    }

    /** Those that can run on this machine: PyTorch's library is a dependency for Linux on x86-64 only. */
    public static Set<EngineKind> available() {
        boolean pyTorch =
                System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
        return pyTorch ? EnumSet.allOf(EngineKind.class) : EnumSet.of(XCEPTIONC, ONNX_RUNTIME);
    }

    /**
     * Loads a model.
     *
     * @param images in the order that {@link #channelsLast} says
     * @param options for xceptionc; its peers heed the number of threads, which must not be 0
     */
    public Engine load(Path model, ImageBatch images, OpenOptions options) throws IOException {
        return switch (this) {
            case XCEPTIONC -> new XceptioncEngine(model, images, options);
            case ONNX_RUNTIME -> new OnnxRuntimeEngine(model, images, options.threads());
            case PYTORCH -> new PyTorchEngine(model, images, options.threads());
        };
    }
}
