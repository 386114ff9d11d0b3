package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Op;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What all nodes of an import have in common. */
final class Context {

    private final OnnxFile file;
    private final Wiring wiring;
    private final GraphBuilder builder;
    private final NodeNames names;
    private final WeightTensors tensors;
    private final SourceSpan span;
    private final int batch;
    private final Set<String> findings = new LinkedHashSet<>();
    private final Map<String, Node> addedOnce = new HashMap<>();

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

    /** Notes what was assumed or changed, once. */
    void note(String finding) {
        findings.add(finding);
    }

    /** What was noted. */
    Set<String> findings() {
        return Collections.unmodifiableSet(findings);
    }

    GraphBuilder builder() {
        return builder;
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

    /** Adds an operator that reads one node, or finds the one that was added under the name. */
    Node once(String name, Op op, Node operand) throws CannotImportException {
        String key = name + " " + op.keyword();
        Node known = addedOnce.get(key);
        if (known == null) {
            boolean isFresh = addedOnce.keySet().stream().noneMatch(other -> other.startsWith(name + " "));
            known = add(isFresh ? name : name + "_" + op.keyword(), op, List.of(operand), Layout.NCHW).node();
            addedOnce.put(key, known);
        }
        return known;
    }
}
