package io.xceptionc.compiler.export;

import com.google.protobuf.ByteString;
import io.xceptionc.compiler.format.onnx.DataType;
import io.xceptionc.compiler.format.onnx.Message;
import io.xceptionc.compiler.format.onnx.OnnxFields;
import io.xceptionc.compiler.format.onnx.OnnxFields.AttributeType;
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
 */
final class OnnxGraph {

    private final Message graph = new Message();
    private final Map<Tensor, Map<String, String>> initializers = new HashMap<>();
    private final Map<List<Integer>, String> integerInitializers = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** An attribute of a node: an {@code Integer}, a {@code Float}, a {@code String} or a list of integers. */
    record Attribute(String name, Object value) {

        Message toMessage() {
            Message message = new Message().add(OnnxFields.Attribute.NAME, name);
            return switch (value) {
                case Integer integer ->
                        message.add(OnnxFields.Attribute.I, integer).add(OnnxFields.Attribute.TYPE, AttributeType.INT);
                case Float number ->
                        message.add(OnnxFields.Attribute.F, number).add(OnnxFields.Attribute.TYPE, AttributeType.FLOAT);
                case String text ->
                        message.add(OnnxFields.Attribute.S, text).add(OnnxFields.Attribute.TYPE, AttributeType.STRING);
                case List<?> integers ->
                        message.addAll(OnnxFields.Attribute.INTS, integers.stream().map(Integer.class::cast).toList())
                                .add(OnnxFields.Attribute.TYPE, AttributeType.INTS);
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
        inputs.forEach(input -> node.add(OnnxFields.Node.INPUT, input));
        node.add(OnnxFields.Node.OUTPUT, unique).add(OnnxFields.Node.NAME, unique).add(OnnxFields.Node.OP_TYPE,
                operator);
        for (Attribute attribute : attributes) {
            node.add(OnnxFields.Node.ATTRIBUTE, attribute.toMessage());
        }
        graph.add(OnnxFields.Graph.NODE, node);
        return unique;
    }

    /** The name of a constant: a tensor with its axes permuted, stored once however often it is named. */
    String constant(Tensor tensor, List<Integer> shape, List<Integer> axes) {
        return initializers.computeIfAbsent(tensor, _ -> new HashMap<>()).computeIfAbsent(shape + " by " + axes, _ -> {
            String name = unique(tensor.name());
            float[] values = Axes.permuted(tensor.values(), shape, axes);
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            initializer(name, DataType.FLOAT, axes.stream().map(shape::get).toList(), bytes);
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
        initializer(unique, DataType.FLOAT, List.of(),
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value));
        return unique;
    }

    /** The name of a constant list of integers. */
    String integers(String name, List<Integer> values) {
        return integerInitializers.computeIfAbsent(values, _ -> {
            String unique = unique(name);
            ByteBuffer bytes = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            values.forEach(value -> bytes.putLong(value));
            initializer(unique, DataType.INT64, List.of(values.size()), bytes.rewind());
            return unique;
        });
    }

    private void initializer(String name, DataType type, List<Integer> dimensions, ByteBuffer values) {
        graph.add(OnnxFields.Graph.INITIALIZER, new Message().addAll(OnnxFields.Tensor.DIMS, dimensions)
                .add(OnnxFields.Tensor.DATA_TYPE, type.number()).add(OnnxFields.Tensor.NAME, name)
                .add(OnnxFields.Tensor.RAW_DATA, ByteString.copyFrom(values)));
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
        graph.add(OnnxFields.Graph.NAME, name).add(OnnxFields.Graph.INPUT, value(input, inputShape));
        outputs.forEach((output, shape) -> graph.add(OnnxFields.Graph.OUTPUT, value(output, shape)));
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
        shape.forEach(
                size -> dimensions.add(OnnxFields.Shape.DIM, new Message().add(OnnxFields.Dimension.DIM_VALUE, size)));
        Message tensor = new Message().add(OnnxFields.TensorType.ELEM_TYPE, DataType.FLOAT.number())
                .add(OnnxFields.TensorType.SHAPE, dimensions);
        return new Message().add(OnnxFields.Value.NAME, name)
                .add(OnnxFields.Value.TYPE, new Message().add(OnnxFields.Type.TENSOR_TYPE, tensor));
    }

    /** A mutable copy of names, for inputs that depend on what is there. */
    static List<String> inputs(String... names) {
        return new ArrayList<>(List.of(names));
    }
}
