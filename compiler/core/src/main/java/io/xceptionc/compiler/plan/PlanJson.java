package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes plans for programs: what {@link PlanPrinter} says, as one JSON object. */
public final class PlanJson {

    private PlanJson() {}

    /** The object, in one line. */
    public static String print(MemoryPlan plan) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("model", plan.graph().name());
            json.writeNumberProperty("arenaBytes", plan.arenaBytes());
            json.writeNumberProperty("lowerBoundBytes", plan.lowerBoundBytes());
            json.writeNumberProperty("rowStrideFloats", plan.rows().strideFloats());
            json.writeArrayPropertyStart("steps");
            plan.steps().forEach(step -> step(json, step));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void step(JsonGenerator json, Step step) {
        json.writeStartObject();
        json.writeStringProperty("name", step.name());
        json.writeArrayPropertyStart("nodes");
        for (int i = 0; i < step.nodes().size(); i++) {
            node(json, step.nodes().get(i), step.outputs().get(i));
        }
        json.writeEndArray();
        json.writeStringProperty("algorithm", step.computation().algorithm());
        step.computation().matrixProduct().ifPresent(product -> product(json, product.product()));
        step.overwritten().ifPresent(input -> json.writeStringProperty("overwrites", input.name()));
        if (!step.inputsInPlace().isEmpty()) {
            strings(json, "inputsInPlace", step.inputsInPlace().stream().map(Node::name).toList());
        }
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, Node node, ImageLayout layout) {
        json.writeStartObject();
        json.writeStringProperty("name", node.name());
        json.writeStringProperty("op", GraphPrinter.describe(node.op()));
        strings(json, "inputs", node.inputs().stream().map(Node::name).toList());
        numbers(json, "output", node.type().dimensions());
        strings(json, "layers", node.origins().stream().map(Node.Origin::name).toList());
        if (!(node.op() instanceof Output)) {
            place(json, layout);
        }
        json.writeEndObject();
    }

    private static void product(JsonGenerator json, ProductPlan product) {
        json.writeObjectPropertyStart("product");
        json.writeNumberProperty("rows", product.factor().pixels());
        json.writeNumberProperty("depth", product.factor().depth());
        json.writeNumberProperty("columns", product.factor().columns());
        json.writeNumberProperty("chunkRows", product.chunkRows());
        json.writeBooleanProperty("sharesPanels", product.sharesPanels());
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, ImageLayout layout) {
        json.writeNumberProperty("byteOffset", layout.byteOffset());
        json.writeNumberProperty("bytes", layout.bytes());
        json.writeNumberProperty("blockChannels", layout.blockChannels());
        numbers(json, "border", List.of(layout.top(), layout.bottom(), layout.left(), layout.right()));
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Integer> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeNumber);
        json.writeEndArray();
    }
}
