package io.xceptionc.compiler.weights.bind;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * The tensors of one layer, of a network or of a file, by what a convention calls them after the layer's name.
 *
 * @param name the layer's name
 * @param parts the tensors, in order
 * @param <T> what the tensors are
 */
record LayerTensors<T>(String name, SequencedMap<String, Part<T>> parts) {

    private static final int MOST_DESCRIBED = 5;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.]{1,50}");

    /**
     * One of them.
     *
     * @param tensor the tensor
     * @param shape its shape in the file's layout
     */
    record Part<T>(T tensor, List<Long> shape) {}

    /** The layers of a network, in order. */
    static List<LayerTensors<WantedTensor>> ofNetwork(List<WantedTensor> wanted, NamingConvention convention) {
        Map<String, LayerTensors<WantedTensor>> layers = new LinkedHashMap<>();
        for (WantedTensor each : wanted) {
            layers.computeIfAbsent(each.layer(), LayerTensors::empty).parts.put(convention.tensorName("", each.role()),
                    new Part<>(each, each.fileShape(convention).stream().map(Integer::longValue).toList()));
        }
        return List.copyOf(layers.values());
    }

    /**
     * The layers of a file, in order; the halves of a separable convolution are one layer.
     *
     * @param hasSeparables whether the network has any; else the halves are layers of their own
     */
    static List<LayerTensors<FileTensor>> ofFile(Collection<FileTensor> tensors, NamingConvention convention,
            boolean hasSeparables) {
        SequencedMap<String, LayerTensors<FileTensor>> layers = new LinkedHashMap<>();
        for (FileTensor tensor : tensors) {
            String owner = owner(tensor.name(), convention);
            layers.computeIfAbsent(owner, LayerTensors::empty).parts.put(tensor.name().substring(owner.length()),
                    new Part<>(tensor, tensor.info().shape()));
        }
        return hasSeparables && convention == NamingConvention.PYTORCH
                ? joined(List.copyOf(layers.values()))
                : List.copyOf(layers.values());
    }

    /** The same with the kernel of a depthwise convolution called as Keras 3 has it, like that of any other. */
    LayerTensors<T> withPlainKernel() {
        LayerTensors<T> plain = empty(name);
        parts.forEach((part, tensor) -> plain.parts.put(isDepthwise()
                && part.equals(NamingConvention.KERAS.tensorName("", TensorRole.DEPTHWISE_KERNEL))
                        ? NamingConvention.KERAS.tensorName("", TensorRole.CONVOLUTION_KERNEL)
                        : part,
                tensor));
        return plain;
    }

    /** Whether it is a depthwise convolution by the name that Keras 2 gives the kernel. */
    boolean isDepthwise() {
        return parts.containsKey(NamingConvention.KERAS.tensorName("", TensorRole.DEPTHWISE_KERNEL))
                && !parts.containsKey(NamingConvention.KERAS.tensorName("", TensorRole.SEPARABLE_POINTWISE_KERNEL));
    }

    private static <T> LayerTensors<T> empty(String name) {
        return new LayerTensors<>(name, new LinkedHashMap<>());
    }

    private static String owner(String tensorName, NamingConvention convention) {
        int end = tensorName.lastIndexOf(convention == NamingConvention.KERAS ? '/' : '.');
        return end < 0 ? tensorName : tensorName.substring(0, end);
    }

    private static List<LayerTensors<FileTensor>> joined(List<LayerTensors<FileTensor>> layers) {
        List<LayerTensors<FileTensor>> joined = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerTensors<FileTensor> first = layers.get(i);
            if (i + 1 < layers.size() && first.isDepthwiseOf(layers.get(i + 1))) {
                joined.add(first.joinedWith(layers.get(++i)));
            } else {
                joined.add(first);
            }
        }
        return joined;
    }

    private boolean isDepthwiseOf(LayerTensors<T> next) {
        String layer = owner(name, NamingConvention.PYTORCH);
        return parts.size() == 1 && parts.containsKey(".weight") && parts.get(".weight").shape.size() == 4
                && parts.get(".weight").shape.get(1) == 1
                && Synonyms.HALVES.stream().anyMatch(halves -> name.equals(layer + "." + halves.depthwise())
                        && next.name.equals(layer + "." + halves.pointwise()));
    }

    private LayerTensors<T> joinedWith(LayerTensors<T> pointwise) {
        LayerTensors<T> whole = empty(owner(name, NamingConvention.PYTORCH));
        NamingConvention convention = NamingConvention.PYTORCH;
        whole.parts.put(convention.tensorName("", TensorRole.SEPARABLE_DEPTHWISE_KERNEL), parts.get(".weight"));
        pointwise.parts.forEach((part, tensor) -> whole.parts.put(switch (part) {
            case ".weight" -> convention.tensorName("", TensorRole.SEPARABLE_POINTWISE_KERNEL);
            case ".bias" -> convention.tensorName("", TensorRole.SEPARABLE_BIAS);
            default -> "." + pointwise.name + part;
        }, tensor));
        return whole;
    }

    /** Equal for layers whose tensors may be bound to each other: the parts and their shapes, in no order. */
    String signature() {
        return parts.entrySet().stream().map(part -> part.getKey() + part.getValue().shape).sorted().collect(joining());
    }

    /** Equal for layers of one class: what parts they have, biases aside, and of how many axes. */
    String kind(NamingConvention convention) {
        return isNorm(convention)
                ? "norm"
                : parts.entrySet().stream().filter(part -> !part.getKey().endsWith("bias"))
                        .map(part -> part.getKey() + part.getValue().shape.size()).sorted().collect(joining());
    }

    /** Whether it is a batch norm, which comes after a layer with a kernel. */
    boolean isNorm(NamingConvention convention) {
        return parts.containsKey(convention.tensorName("", TensorRole.MOVING_MEAN));
    }

    /** The parts with their shapes, for messages: not too many, and nothing that commands a terminal. */
    String describe() {
        String described = parts.entrySet().stream().limit(MOST_DESCRIBED)
                .map(part -> describe(part.getKey()) + part.getValue().shape).collect(joining(", "));
        return parts.size() > MOST_DESCRIBED
                ? described + " and " + (parts.size() - MOST_DESCRIBED) + " more"
                : described;
    }

    private static String describe(String part) {
        String word = part.isEmpty() ? part : part.substring(1);
        return WORD.matcher(word).matches() ? word + " " : word.isEmpty() ? "" : Quotation.of(word) + " ";
    }
}
