package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The fields of a graph, as they come. */
final class GraphFields implements Wire.Fields {

    /** Branches within branches that are looked at; each level is one of the Java stack, too. */
    static final int DEEPEST = 16;

    private static final int MOST_NODES = 100_000;
    private static final int MOST_TENSORS = 100_000;

    private final Wire wire;
    private final TensorParser tensors;
    private final int depth;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final Set<String> initializerNames = new HashSet<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private String name = "";

    /**
     * Of a graph.
     *
     * @param depth how many others it stands in
     */
    GraphFields(Wire wire, TensorParser tensors, int depth) {
        this.wire = wire;
        this.tensors = tensors;
        this.depth = depth;
    }

    /** What they make together. */
    OnnxGraph graph() {
        return new OnnxGraph(name, nodes, initializers, inputs, outputs);
    }

    @Override
    public boolean read(int field) throws IOException {
        switch (field) {
            case OnnxFields.Graph.NODE -> addNode(nodes, wire, tensors, depth);
            case OnnxFields.Graph.NAME -> name = wire.text();
            case OnnxFields.Graph.INITIALIZER -> initializers.add(initializer());
            case OnnxFields.Graph.INPUT -> inputs.add(value());
            case OnnxFields.Graph.OUTPUT -> outputs.add(value());
            default -> {
                return false;
            }
        }
        return true;
    }

    private OnnxTensor initializer() throws IOException {
        if (initializers.size() == MOST_TENSORS) {
            throw new DamagedModelException("has more than " + MOST_TENSORS + " initializers");
        }
        OnnxTensor tensor = tensors.tensor();
        if (!initializerNames.add(tensor.name())) {
            throw new DamagedModelException("has two initializers called " + Quotation.of(tensor.name()));
        }
        return tensor;
    }

    /** Reads a field that is a node, as one more of those of a graph or function. */
    static void addNode(List<OnnxNode> nodes, Wire wire, TensorParser tensors, int depth) throws IOException {
        if (nodes.size() == MOST_NODES) {
            throw new DamagedModelException("has more than " + MOST_NODES + " nodes");
        }
        NodeFields node = new NodeFields(wire, tensors, depth);
        wire.message(node);
        nodes.add(node.node());
    }

    private OnnxValue value() throws IOException {
        String[] valueName = {""};
        ValueType type = new ValueType();
        wire.message(field -> {
            switch (field) {
                case OnnxFields.Value.NAME -> valueName[0] = wire.text();
                case OnnxFields.Value.TYPE -> wire.message(kind -> kind == OnnxFields.Type.TENSOR_TYPE && wire(type));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new OnnxValue(valueName[0], type.type, type.shape);
    }

    private static final class ValueType {
        private Optional<DataType> type = Optional.empty();
        private Optional<List<OptionalLong>> shape = Optional.empty();
    }

    private boolean wire(ValueType type) throws IOException {
        wire.message(field -> {
            switch (field) {
                case OnnxFields.TensorType.ELEM_TYPE -> type.type = DataType.of(wire.integer());
                case OnnxFields.TensorType.SHAPE -> {
                    List<OptionalLong> sizes = new ArrayList<>();
                    wire.message(dimension -> dimension == OnnxFields.Shape.DIM && sizes.add(dimension()));
                    type.shape = Optional.of(sizes);
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
        return true;
    }

    private OptionalLong dimension() throws IOException {
        OptionalLong[] size = {OptionalLong.empty()};
        wire.message(field -> {
            if (field == OnnxFields.Dimension.DIM_VALUE) {
                size[0] = OptionalLong.of(wire.integer());
            }
            return field == OnnxFields.Dimension.DIM_VALUE;
        });
        return size[0];
    }
}
