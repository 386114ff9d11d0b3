package io.xceptionc.compiler.format.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the messages that a model consists of, but no elements of tensors. */
final class ModelParser {

    private static final int MOST_FUNCTIONS = 10_000;

    private final Wire wire;
    private final TensorParser tensors;
    private final Map<String, Long> opsets = new LinkedHashMap<>();
    private final List<OnnxFunction> functions = new ArrayList<>();
    private final GraphFields graph;
    private String producerName = "";
    private String producerVersion = "";
    private boolean hasGraph;

    ModelParser(Wire wire) {
        this.wire = wire;
        this.tensors = new TensorParser(wire);
        this.graph = new GraphFields(wire, tensors, 0);
    }

    /** Reads a whole file. */
    OnnxModel parse() throws IOException {
        wire.fields(this::modelField);
        if (!hasGraph) {
            throw new DamagedModelException("has no graph");
        }
        String producer = Stream.of(producerName, producerVersion).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new OnnxModel(producer, opsets, graph.graph(), functions);
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
                wire.message(graph);
            }
            case OnnxFields.Model.OPSET_IMPORT -> addOpset(opsets);
            case OnnxFields.Model.FUNCTIONS -> functions.add(function());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void addOpset(Map<String, Long> all) throws IOException {
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
        all.merge(domain[0], version[0], Math::max);
    }

    private OnnxFunction function() throws IOException {
        if (functions.size() == MOST_FUNCTIONS) {
            throw new DamagedModelException("has more than " + MOST_FUNCTIONS + " functions");
        }
        FunctionFields fields = new FunctionFields();
        wire.message(fields);
        return fields.function();
    }

    /** The fields of a function, as they come. */
    private final class FunctionFields implements Wire.Fields {

        private final Map<String, Long> versions = new LinkedHashMap<>();
        private final List<String> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private final List<OnnxNode> nodes = new ArrayList<>();

        /** Attributes are read as those of a node are. */
        private final NodeFields defaults = new NodeFields(wire, tensors, 0);

        private String name = "";
        private String domain = "";

        @Override
        public boolean read(int field) throws IOException {
            switch (field) {
                case OnnxFields.Function.NAME -> name = wire.text();
                case OnnxFields.Function.DOMAIN -> domain = wire.text();
                case OnnxFields.Function.INPUT -> inputs.add(wire.text());
                case OnnxFields.Function.OUTPUT -> outputs.add(wire.text());
                case OnnxFields.Function.NODE -> GraphFields.addNode(nodes, wire, tensors, 0);
                case OnnxFields.Function.OPSET_IMPORT -> addOpset(versions);
                case OnnxFields.Function.ATTRIBUTE_PROTO -> defaults.read(OnnxFields.Node.ATTRIBUTE);
                default -> {
                    return false;
                }
            }
            return true;
        }

        OnnxFunction function() {
            return new OnnxFunction(domain, name, versions, inputs, outputs, defaults.node().attributes(), nodes);
        }
    }
}
