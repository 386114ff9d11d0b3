package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A weights file of any format, as its reader shows it; each tensor is filled with its number, from 0. */
record FileOf(
        String format,
        Optional<TensorConvention> convention,
        SequencedMap<String, TensorInfo> content,
        Map<String, Double> epsilons)
        implements TensorSource {

    static final String KERAS = "HDF5 weights of Keras 2.11.0";
    static final String PYTORCH = "PyTorch zip";
    static final String SAFETENSORS = "safetensors";

    static FileOf format(String format) {
        return format(format, switch (format) {
            case KERAS -> Optional.of(TensorConvention.KERAS);
            case PYTORCH -> Optional.of(TensorConvention.PYTORCH);
            case SAFETENSORS -> Optional.empty();
            default -> throw new IllegalArgumentException(format);
        });
    }

    static FileOf format(String format, Optional<TensorConvention> convention) {
        return new FileOf(format, convention, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Adds a tensor. */
    FileOf add(String name, Integer... shape) {
        content.put(name,
                new TensorInfo(name, ElementType.F32, Stream.of(shape).map(Integer::longValue).toList()));
        return this;
    }

    /** Adds the four tensors of a batch norm of Keras. */
    FileOf addKerasNorm(String layer, int channels) {
        List.of("gamma", "beta", "moving_mean", "moving_variance").forEach(part -> add(layer + "/" + part, channels));
        return this;
    }

    /** Adds the five tensors of a batch norm of PyTorch. */
    FileOf addPyTorchNorm(String layer, int channels) {
        List.of("weight", "bias", "running_mean", "running_var")
                .forEach(part -> add(layer + "." + part, channels));
        return add(layer + ".num_batches_tracked");
    }

    @Override
    public String name() {
        return "w.file";
    }

    @Override
    public List<TensorInfo> tensors() {
        return List.copyOf(content.values());
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(content.get(tensorName));
    }

    @Override
    public float[] values(String tensorName) {
        TensorInfo info = content.get(tensorName);
        float[] values = new float[Math.toIntExact(info.elementCount())];
        Arrays.fill(values, List.copyOf(content.keySet()).indexOf(tensorName));
        return values;
    }

    @Override
    public void close() {}
}
