package io.xceptionc.compiler.export;

import com.google.protobuf.ByteString;
import io.xceptionc.compiler.graph.Axes;
import io.xceptionc.compiler.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * An ONNX graph while it is put together: nodes in the order of execution, and the constants that they name.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
final class OnnxGraph {

    private static final int FLOAT = 1;

    private final Message graph = new Message();
    private final Map<Tensor, Map<String, String>> initializers = new HashMap<>();
    private final Map<List<Integer>, String> integerInitializers = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** An attribute of a node: an {@code Integer}, a {@code Float}, a {@code String} or a list of integers. */
    record Attribute(String name, Object value) {

        Message toMessage() {
            Message message = new Message().add(1, name);
            return switch (value) {
                case Integer integer -> message.add(3, integer).add(20, 2);
                case Float number -> message.add(2, number).add(20, 1);
                case String text -> message.add(4, text).add(20, 3);
                case List<?> integers ->
                        message.addAll(8, integers.stream().map(Integer.class::cast).toList()).add(20, 7);
                default -> throw new IllegalArgumentException("no attribute: " + value);
            };
        }
    }

    /** Adds a node with one result, which is called as the node. */
    String node(String operator, String name, List<String> inputs, Attribute... attributes) {
        return reserved(operator, unique(name), inputs, attributes);
    }

    /** Adds a node with one result, both of which are called by a reserved name. */
    String reserved(String operator, String unique, List<String> inputs, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.add(1, input));
        node.add(2, unique).add(3, unique).add(4, operator);
        for (Attribute attribute : attributes) {
            node.add(5, attribute.toMessage());
        }
        graph.add(1, node);
        return unique;
    }

    /** The name of a constant: a tensor with its axes permuted, stored once however often it is named. */
    String constant(Tensor tensor, List<Integer> shape, List<Integer> axes) {
        return initializers.computeIfAbsent(tensor, _ -> new HashMap<>()).computeIfAbsent(shape + " by " + axes, _ -> {
            String name = unique(tensor.name());
            float[] values = Axes.permuted(tensor.values(), shape, axes);
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            initializer(name, FLOAT, axes.stream().map(shape::get).toList(), bytes);
            return name;
        });
    }

    /** The name of a constant of equal numbers. */
    String constant(String name, int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return constant(Tensor.vector(name, values), List.of(length), List.of(0));
    }

    /** The name of a constant number. */
    String scalar(String name, float value) {
        String unique = unique(name);
        initializer(unique, FLOAT, List.of(), ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value));
        return unique;
    }

    /** The name of a constant list of integers. */
    String integers(String name, List<Integer> values) {
        return integerInitializers.computeIfAbsent(values, _ -> {
            String unique = unique(name);
            ByteBuffer bytes = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            values.forEach(value -> bytes.putLong(value));
            initializer(unique, 7, List.of(values.size()), bytes.rewind());
            return unique;
        });
    }

    private void initializer(String name, int type, List<Integer> dimensions, ByteBuffer values) {
        graph.add(5, new Message().addAll(1, dimensions).add(2, type).add(8, name).add(9, ByteString.copyFrom(values)));
    }

    private String unique(String name) {
        String candidate = name;
        for (int n = 2; !names.add(candidate); n++) {
            candidate = name + "~" + n;
        }
        return candidate;
    }

    /** The finished graph, with one input, and outputs with their shapes. */
    Message finish(String name, String input, List<Integer> inputShape, SequencedMap<String, List<Integer>> outputs) {
        graph.add(2, name).add(11, value(input, inputShape));
        outputs.forEach((output, shape) -> graph.add(12, value(output, shape)));
        return graph;
    }

    /** Keeps a name from all but {@link #reserved}. */
    void reserve(String name) {
        names.add(name);
    }

    /** Reserves the name of the graph's input. */
    String input(String name) {
        return unique(name);
    }

    private static Message value(String name, List<Integer> shape) {
        Message dimensions = new Message();
        shape.forEach(size -> dimensions.add(1, new Message().add(1, size)));
        Message tensor = new Message().add(1, FLOAT).add(2, dimensions);
        return new Message().add(1, name).add(2, new Message().add(1, tensor));
    }

    /** A mutable copy of names, for inputs that depend on what is there. */
    static List<String> inputs(String... names) {
        return new ArrayList<>(List.of(names));
    }
}
