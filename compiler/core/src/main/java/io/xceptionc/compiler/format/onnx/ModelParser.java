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
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
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
            case 1 -> wire.integer();
            case 2 -> producerName = wire.text();
            case 3 -> producerVersion = wire.text();
            case 7 -> {
                if (hasGraph) {
                    throw new DamagedModelException("has two graphs");
                }
                hasGraph = true;
                wire.message(this::graphField);
            }
            case 8 -> opset();
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
                case 1 -> domain[0] = wire.text();
                case 2 -> version[0] = wire.integer();
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
            case 1 -> nodes.add(node());
            case 2 -> name = wire.text();
            case 5 -> initializers.add(initializer());
            case 11 -> inputs.add(value());
            case 12 -> outputs.add(value());
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
                case 1 -> valueName[0] = wire.text();
                case 2 -> wire.message(kind -> kind == 1 && wire(type));
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
                case 1 -> type.type = DataType.of(wire.integer());
                case 2 -> {
                    List<OptionalLong> sizes = new ArrayList<>();
                    wire.message(dimension -> dimension == 1 && sizes.add(dimension()));
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
            if (field == 1) {
                size[0] = OptionalLong.of(wire.integer());
            }
            return field == 1;
        });
        return size[0];
    }
}
