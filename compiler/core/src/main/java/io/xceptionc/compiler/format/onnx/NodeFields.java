package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a node, as they come. */
final class NodeFields implements Wire.Fields {

    private final Wire wire;
    private final TensorParser tensors;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    private String name = "";
    private String operator = "";
    private String domain = "";

    NodeFields(Wire wire, TensorParser tensors) {
        this.wire = wire;
        this.tensors = tensors;
    }

    @Override
    public boolean read(int field) throws IOException {
        switch (field) {
            case 1 -> inputs.add(wire.text());
            case 2 -> outputs.add(wire.text());
            case 3 -> name = wire.text();
            case 4 -> operator = wire.text();
            case 5 -> attribute();
            case 7 -> domain = wire.text();
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

    /** The fields of an attribute. Where the type says which of them counts and that one is not there, it is zero or empty. */
    private final class AttributeFields implements Wire.Fields {

        private static final int FLOAT = 1;
        private static final int INT = 2;
        private static final int STRING = 3;
        private static final int TENSOR = 4;
        private static final int FLOATS = 6;
        private static final int INTS = 7;
        private static final int OTHER = -1;

        private final List<Float> numbers = new ArrayList<>();
        private final List<Long> integers = new ArrayList<>();
        private String name = "";
        private String text = "";
        private float number;
        private long integer;
        private OnnxTensor tensor;
        private long declaredType;
        private long foundType;

        @Override
        public boolean read(int field) throws IOException {
            switch (field) {
                case 1 -> name = wire.text();
                case 2 -> number = found(FLOAT, wire.number());
                case 3 -> integer = found(INT, wire.integer());
                case 4 -> text = found(STRING, wire.text());
                case 5 -> tensor = found(TENSOR, tensors.tensor());
                case 7 -> wire.numbers(found(FLOATS, numbers)::add);
                case 8 -> wire.integers(found(INTS, integers)::add);
                case 20 -> declaredType = wire.integer();
                case 6, 9, 10, 11, 14, 15, 22, 23 -> {
                    foundType = OTHER;
                    return false;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private <T> T found(long type, T value) {
            foundType = type;
            return value;
        }

        OnnxAttribute value() throws IOException {
            long type = declaredType == 0 ? foundType : declaredType;
            if (type == TENSOR && tensor == null) {
                throw new DamagedModelException("has no tensor in the attribute " + Quotation.of(name));
            }
            return switch (Math.clamp(type, OTHER, INTS + 1)) {
                case FLOAT -> new OnnxAttribute.Decimal(number);
                case INT -> new OnnxAttribute.Whole(integer);
                case STRING -> new OnnxAttribute.Text(text);
                case TENSOR -> new OnnxAttribute.Constant(tensor);
                case FLOATS -> new OnnxAttribute.Decimals(numbers);
                case INTS -> new OnnxAttribute.Wholes(integers);
                default -> new OnnxAttribute.Other();
            };
        }
    }
}
