package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What all nodes of an import have in common. */
final class Context {

    private final OnnxFile file;
    private final Wiring wiring;
    private final GraphBuilder builder;
    private final NodeNames names;
    private final WeightTensors tensors;
    private final SourceSpan span;
    private final int batch;
    private final Map<String, Activations> addedOnce = new HashMap<>();

    /**
     * For a model.
     *
     * @param batch how many images the model's shapes are for
     */
    Context(OnnxFile file, Wiring wiring, GraphBuilder builder, int batch) {
        this.file = file;
        this.wiring = wiring;
        this.builder = builder;
        this.names = new NodeNames();
        this.tensors = new WeightTensors(file.name(), Runtime.getRuntime().maxMemory());
        this.span = SourceSpan.ofFile(file.name());
        this.batch = batch;
    }

    OnnxFile file() {
        return file;
    }

    Wiring wiring() {
        return wiring;
    }

    NodeNames names() {
        return names;
    }

    WeightTensors tensors() {
        return tensors;
    }

    int batch() {
        return batch;
    }

    /** The version of ONNX's own operators. */
    long opset() {
        return file.model().opsets().getOrDefault("", file.model().opsets().getOrDefault("ai.onnx", 0L));
    }

    /** A node that does not fit was reported by the builder. */
    static final class ReportedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private ReportedException() {
            super(null, null, false, false);
        }
    }

    /** Adds an operator to the graph. */
    Activations add(String name, Op op, List<Node> operands, Layout layout) throws CannotImportException {
        Optional<Node> added;
        try {
            added = builder.add(name, op, operands, span);
        } catch (ArithmeticException _) {
            throw new CannotImportException("its result has more elements than can be counted", "");
        }
        return new Activations(added.orElseThrow(ReportedException::new), layout);
    }

    /** Adds an operator to the graph, or finds the one that was added under the name with the layout. */
    Activations once(String name, Op op, Node operand, Layout layout) throws CannotImportException {
        String key = name + " " + layout;
        Activations known = addedOnce.get(key);
        if (known == null) {
            String fresh = addedOnce.keySet().stream().anyMatch(other -> other.startsWith(name + " "))
                    ? name + "_" + layout.name().toLowerCase(Locale.ROOT)
                    : name;
            known = add(fresh, op, List.of(operand), layout);
            addedOnce.put(key, known);
        }
        return known;
    }
}
