package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.onnx.OnnxFields.AttributeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a node, as they come. */
final class NodeFields implements Wire.Fields {

    private final Wire wire;
    private final TensorParser tensors;
    private final int depth;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    private String name = "";
    private String operator = "";
    private String domain = "";

    /**
     * Of a node.
     *
     * @param depth how many graphs its own graph stands in
     */
    NodeFields(Wire wire, TensorParser tensors, int depth) {
        this.wire = wire;
        this.tensors = tensors;
        this.depth = depth;
    }

    @Override
    public boolean read(int field) throws IOException {
        switch (field) {
            case OnnxFields.Node.INPUT -> inputs.add(wire.text());
            case OnnxFields.Node.OUTPUT -> outputs.add(wire.text());
            case OnnxFields.Node.NAME -> name = wire.text();
            case OnnxFields.Node.OP_TYPE -> operator = wire.text();
            case OnnxFields.Node.ATTRIBUTE -> attribute();
            case OnnxFields.Node.DOMAIN -> domain = wire.text();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What they make together. */
    OnnxNode node() {
        return new OnnxNode(name, operator, domain, inputs, outputs, attributes);
    }

    private void attribute() throws IOException {
        AttributeFields fields = new AttributeFields();
        wire.message(fields);
        if (attributes.putIfAbsent(fields.name, fields.value()) != null) {
            throw new DamagedModelException("gives the attribute " + Quotation.of(fields.name) + " of a node twice");
        }
    }

    /**
     * The fields of an attribute. Where the type says which of them counts and that one is not there, it is zero or
     * empty.
     */
    private final class AttributeFields implements Wire.Fields {

        private static final int OTHER = -1;

        private final List<Float> numbers = new ArrayList<>();
        private final List<Long> integers = new ArrayList<>();
        private String name = "";
        private String text = "";
        private String ofCaller = "";
        private float number;
        private long integer;
        private OnnxTensor tensor;
        private OnnxGraph graph;
        private long declaredType;
        private long foundType;

        @Override
        public boolean read(int field) throws IOException {
            switch (field) {
                case OnnxFields.Attribute.NAME -> name = wire.text();
                case OnnxFields.Attribute.F -> number = found(AttributeType.FLOAT, wire.number());
                case OnnxFields.Attribute.I -> integer = found(AttributeType.INT, wire.integer());
                case OnnxFields.Attribute.S -> text = found(AttributeType.STRING, wire.textOfBytes());
                case OnnxFields.Attribute.T -> tensor = found(AttributeType.TENSOR, tensors.tensor());
                case OnnxFields.Attribute.FLOATS -> wire.numbers(found(AttributeType.FLOATS, numbers)::add);
                case OnnxFields.Attribute.INTS -> wire.integers(found(AttributeType.INTS, integers)::add);
                case OnnxFields.Attribute.TYPE -> declaredType = wire.integer();
                case OnnxFields.Attribute.REF_ATTR_NAME -> ofCaller = wire.text();
                case OnnxFields.Attribute.G -> {
                    return readGraph();
                }
                case OnnxFields.Attribute.STRINGS, OnnxFields.Attribute.TENSORS,
                        OnnxFields.Attribute.GRAPHS, OnnxFields.Attribute.TP, OnnxFields.Attribute.TYPE_PROTOS,
                        OnnxFields.Attribute.SPARSE_TENSOR, OnnxFields.Attribute.SPARSE_TENSORS -> {
                    foundType = OTHER;
                    return false;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean readGraph() throws IOException {
            foundType = OTHER;
            if (depth == GraphFields.DEEPEST) {
                return false;
            }
            GraphFields fields = new GraphFields(wire, tensors, depth + 1);
            wire.message(fields);
            graph = found(AttributeType.GRAPH, fields.graph());
            return true;
        }

        private <T> T found(long type, T value) {
            foundType = type;
            return value;
        }

        OnnxAttribute value() throws IOException {
            long type = declaredType == 0 ? foundType : declaredType;
            if (!ofCaller.isEmpty()) {
                return new OnnxAttribute.OfCaller(ofCaller);
            }
            if (type == AttributeType.TENSOR && tensor == null) {
                throw new DamagedModelException("has no tensor in the attribute " + Quotation.of(name));
            }
            if (type == AttributeType.GRAPH && graph == null) {
                return new OnnxAttribute.Other();
            }
            return switch (Math.clamp(type, OTHER, AttributeType.INTS + 1)) {
                case AttributeType.FLOAT -> new OnnxAttribute.Decimal(number);
                case AttributeType.INT -> new OnnxAttribute.Whole(integer);
                case AttributeType.STRING -> new OnnxAttribute.Text(text);
                case AttributeType.TENSOR -> new OnnxAttribute.Constant(tensor);
                case AttributeType.GRAPH -> new OnnxAttribute.Subgraph(graph);
                case AttributeType.FLOATS -> new OnnxAttribute.Decimals(numbers);
                case AttributeType.INTS -> new OnnxAttribute.Wholes(integers);
                default -> new OnnxAttribute.Other();
            };
        }
    }
}
