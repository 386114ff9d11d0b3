package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the messages that a model consists of, but no elements of tensors. Graphs within attributes are skipped.
 */
final class ModelParser {

    private static final int MOST_NODES = 100_000;
    private static final int MOST_TENSORS = 100_000;

    private final Wire wire;
    private final TensorParser tensors;
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final Set<String> initializerNames = new HashSet<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private String name = "";
    private String producerName = "";
    private String producerVersion = "";
    private boolean hasGraph;

    ModelParser(Wire wire) {
        this.wire = wire;
        this.tensors = new TensorParser(wire);
    }

    /** Reads a whole file. */
    OnnxModel parse() throws IOException {
        wire.fields(this::modelField);
        if (!hasGraph) {
            throw new DamagedModelException("has no graph");
        }
        String producer = Stream.of(producerName, producerVersion).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new OnnxModel(producer, opsets, name, nodes, initializers, inputs, outputs);
    }

    private boolean modelField(int field) throws IOException {
        switch (field) {
            case OnnxFields.Model.IR_VERSION -> wire.integer();
            case OnnxFields.Model.PRODUCER_NAME -> producerName = wire.text();
            case OnnxFields.Model.PRODUCER_VERSION -> producerVersion = wire.text();
            case OnnxFields.Model.GRAPH -> {
                if (hasGraph) {
                    throw new DamagedModelException("has two graphs");
                }
                hasGraph = true;
                wire.message(this::graphField);
            }
            case OnnxFields.Model.OPSET_IMPORT -> opset();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void opset() throws IOException {
        String[] domain = {""};
        long[] version = {0};
        wire.message(field -> {
            switch (field) {
                case OnnxFields.OperatorSet.DOMAIN -> domain[0] = wire.text();
                case OnnxFields.OperatorSet.VERSION -> version[0] = wire.integer();
                default -> {
                    return false;
                }
            }
            return true;
        });
        opsets.merge(domain[0], version[0], Math::max);
    }

    private boolean graphField(int field) throws IOException {
        switch (field) {
            case OnnxFields.Graph.NODE -> nodes.add(node());
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

    private OnnxNode node() throws IOException {
        if (nodes.size() == MOST_NODES) {
            throw new DamagedModelException("has more than " + MOST_NODES + " nodes");
        }
        NodeFields node = new NodeFields(wire, tensors);
        wire.message(node);
        return node.node();
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
