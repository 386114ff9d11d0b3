package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.foreign.onnx.ActivationPatterns.Match;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Absent;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Factored;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Integers;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedForMaximum;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Pooled;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Repeated;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Several;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.SpreadGroups;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Stacked;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Unfinished;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Unknown;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.format.onnx.OnnxValue;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Makes a graph of an ONNX model: of that part which its outputs need.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators</a>
 */
public final class OnnxImport {

    static final long OLDEST_OPSET = 7;
    static final long NEWEST_OPSET = 25;

    private final OnnxFile file;
    private final OnnxModel model;
    private final SourceSpan span;
    private final Diagnostics diagnostics = new Diagnostics();
    private final IdentityHashMap<OnnxNode, Match> activations = new IdentityHashMap<>();
    private final Map<String, OnnxResult> values = new HashMap<>();
    private ModelInput input;

    private OnnxImport(OnnxFile file, OnnxModel model) {
        this.file = file;
        this.model = model;
        this.span = SourceSpan.ofFile(file.name());
    }

    /**
     * Reads the network of a model, with all weights.
     *
     * @param name what the network shall be called
     * @param size height and width of the input, in place of those of the model
     * @throws InvalidInputException if it is damaged, or with all nodes that the language has nothing for
     */
    public static ForeignNetwork read(OnnxFile file, String name, Optional<Pair> size) throws InvalidInputException {
        OnnxModel model = LocalFunctions.inlined(file.model(), SourceSpan.ofFile(file.name()));
        Optional<OnnxModel> next = new OnnxImport(file, model).withBranches(size);
        while (next.isPresent()) {
            model = next.get();
            next = new OnnxImport(file, model).withBranches(size);
        }
        return new OnnxImport(file, model).read(name, size);
    }

    /**
     * The model with the branches that are taken; empty if it chooses between none, or by what the network computes.
     */
    private Optional<OnnxModel> withBranches(Optional<Pair> size) throws InvalidInputException {
        List<OnnxNode> choices = Branches.choices(model);
        if (choices.isEmpty()) {
            return Optional.empty();
        }
        Context context = begin("conditions", size);
        List<String> conditions = choices.stream().map(choice -> choice.inputs().getFirst()).distinct().toList();
        for (OnnxNode node : context.wiring().order(conditions, OnnxNode::inputs)) {
            put(node, value(node, context));
        }
        Map<String, OnnxResult> known = new HashMap<>();
        for (String condition : conditions) {
            known.put(condition, value(condition, context));
        }
        return Branches.taken(model, known);
    }

    /** Begins with a model's input. */
    private Context begin(String name, Optional<Pair> size) throws InvalidInputException {
        Wiring wiring = new Wiring(model, span);
        input = ModelInput.of(model, wiring, size, span);
        GraphBuilder builder = new GraphBuilder(name, diagnostics);
        Context context = new Context(file, wiring, builder, input.batch());
        requireOpset(context.opset());
        values.put(input.name(), new Activations(builder.input(input.type(), span), input.layout()));
        return context;
    }

    private ForeignNetwork read(String name, Optional<Pair> size) throws InvalidInputException {
        requireOutputs();
        Context context = begin(name, size);
        List<OnnxNode> order = order(context.wiring(), context.opset());
        requireKnown(order);
        for (OnnxNode node : order) {
            put(node, value(node, context));
        }
        SequencedMap<String, OnnxResult> outputs = new LinkedHashMap<>();
        for (OnnxValue output : model.outputs()) {
            outputs.put(output.name(), value(output.name(), context));
        }
        diagnostics.throwIfErrors();
        Graph graph = graph(context.builder(), outputs, context);
        return network(graph, context);
    }

    private void requireOutputs() throws InvalidInputException {
        List<String> names = model.outputs().stream().map(OnnxValue::name).toList();
        if (names.isEmpty()) {
            throw ModelInput.problem(span, "has no output", "export a model with one");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw ModelInput.problem(span, "has outputs of the same name: " + Quotation.list(names),
                    "give each a name of its own");
        }
    }

    private void requireOpset(long opset) throws InvalidInputException {
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw ModelInput.problem(span, opset == 0
                    ? "does not say which version of ONNX's operators it uses"
                    : "uses version " + opset + " of ONNX's operators",
                    "export it again with an opset from " + OLDEST_OPSET + " to " + NEWEST_OPSET);
        }
    }

    /** The nodes that the outputs need, but for those that are parts of a recognised activation. */
    private List<OnnxNode> order(Wiring wiring, long opset) throws InvalidInputException {
        ActivationPatterns patterns = new ActivationPatterns(wiring, file, opset);
        for (OnnxNode node : model.nodes()) {
            patterns.match(node).ifPresent(match -> activations.put(node, match));
        }
        return wiring.order(model.outputs().stream().map(OnnxValue::name).toList(),
                node -> activations.containsKey(node) ? List.of(activations.get(node).input()) : node.inputs());
    }

    /** Reports every operator that has no translation, before any of them is looked at more closely. */
    private void requireKnown(List<OnnxNode> order) throws InvalidInputException {
        for (OnnxNode node : order) {
            if (!isOwnDomain(node) || (Operators.of(node.operator()).isEmpty()
                    && OnnxConstants.ALL.get(node.operator()) == null)) {
                NotTaken reason = NotTaken.of(node);
                report(node, reason.message(), reason.help());
            }
        }
    }

    /** Whether an operator is one of ONNX itself. */
    static boolean isOwnDomain(OnnxNode node) {
        return node.domain().isEmpty() || node.domain().equals("ai.onnx");
    }

    private void report(OnnxNode node, String message, String help) {
        diagnostics.report(DiagnosticCode.E501, span, "cannot import " + OnnxStep.describe(node) + ": " + message,
                help);
    }

    /** Of most nodes with several results, only the first is known. */
    private void put(OnnxNode node, OnnxResult value) {
        if (value instanceof Several(List<OnnxResult> results)) {
            for (int i = 0; i < results.size(); i++) {
                values.put(node.outputs().get(i), results.get(i));
            }
            return;
        }
        values.put(node.outputs().getFirst(), value);
    }

    private OnnxResult value(OnnxNode node, Context context) throws InvalidInputException {
        try {
            if (activations.containsKey(node)) {
                Match match = activations.get(node);
                return translated(new OnnxStep(node, List.of(value(match.input(), context)), context),
                        step -> ActivationOperators.activate(step, match.ops()));
            }
            List<OnnxResult> inputs = new ArrayList<>();
            for (String input : node.inputs()) {
                inputs.add(value(input, context));
            }
            Optional<Translation> translation =
                    OnnxConstants.areAll(inputs) && OnnxConstants.ALL.containsKey(node.operator())
                            ? Optional.of(OnnxConstants.ALL.get(node.operator()))
                            : Operators.of(node.operator());
            if (translation.isEmpty() || !isOwnDomain(node)) {
                if (isOwnDomain(node) && OnnxConstants.ALL.containsKey(node.operator())) {
                    reportNotConstant(node, inputs.stream().anyMatch(Unknown.class::isInstance));
                }
                return new Unknown();
            }
            return translated(new OnnxStep(node, inputs, context), translation.get());
        } catch (CannotImportException refused) {
            report(node, refused.getMessage(), refused.help());
            return new Unknown();
        }
    }

    /** What depends on something that was reported may be constant all the same, such as a shape. */
    private void reportNotConstant(OnnxNode node, boolean dependsOnReported) {
        NotTaken reason = NotTaken.of(node);
        if (!reason.help().isEmpty()) {
            report(node, reason.message(), reason.help());
        } else if (!dependsOnReported) {
            report(node, "it computes with what the network computes, not with constants", "");
        }
    }

    private static OnnxResult translated(OnnxStep step, Translation translation)
            throws CannotImportException, InvalidInputException {
        if (step.inputs().stream().anyMatch(Unknown.class::isInstance)) {
            return new Unknown(); // What it reads was reported.
        }
        try {
            return UnfinishedValues.isMoved(step) ? UnfinishedValues.moved(step, translation) : translation.of(step);
        } catch (Context.ReportedException _) {
            return new Unknown();
        }
    }

    /** The value of a name; the values of nodes are there before they are asked for. */
    private OnnxResult value(String name, Context context) throws InvalidInputException {
        if (name.isEmpty()) {
            return new Absent();
        }
        OnnxResult known = values.get(name);
        if (known != null) {
            return known;
        }
        OnnxResult value = new Unknown();
        try {
            var tensor = context.wiring().initializer(name);
            var producer = context.wiring().producer(name);
            if (tensor.isPresent()) {
                value = OnnxConstants.of(tensor.get(), name, file);
            } else if (producer.isPresent()) {
                report(producer.get(), "more than its first result is used, " + Quotation.of(name), "");
            } else {
                diagnostics.report(DiagnosticCode.E303, span,
                        "is a damaged ONNX model: nothing in it yields " + Quotation.of(name),
                        "export or download the model again");
            }
        } catch (CannotImportException refused) {
            diagnostics.report(DiagnosticCode.E501, span,
                    "cannot import the tensor " + Quotation.of(name) + ": " + refused.getMessage(), refused.help());
        }
        values.put(name, value);
        return value;
    }

    private Graph graph(GraphBuilder builder, SequencedMap<String, OnnxResult> outputs, Context context)
            throws InvalidInputException {
        SequencedMap<String, Node> nodes = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxResult> output : outputs.entrySet()) {
            nodes.put(output.getKey(), node(output.getKey(), output.getValue(), context));
        }
        return nodes.size() == 1 ? builder.build(nodes.firstEntry().getValue()) : builder.build(nodes);
    }

    private Node node(String name, OnnxResult output, Context context) throws InvalidInputException {
        String which = model.outputs().size() == 1 ? "an output" : "an output " + Quotation.of(name);
        try {
            OnnxStep last = new OnnxStep(new OnnxNode("output", "Identity", "", List.of(), List.of("output"), Map.of()),
                    List.of(output), context);
            return switch (output) {
                case Pooled _, Activations _, PaddedForMaximum _, Repeated _ -> {
                    if (!last.layout(0).isUpright()) {
                        throw new CannotImportException("its width stands before its height", "");
                    }
                    yield last.activations(0).node();
                }
                case Factored _, Several _, SpreadGroups _, Stacked _ ->
                        throw new CannotImportException("its axes are parts of an image's", "");
                case Unfinished _ -> throw new CannotImportException("it is only a part of a norm", "");
                case Floats _, Integers _, Absent _, Unknown _ ->
                        throw ModelInput.problem(span, "has " + which + " that does not depend on its input", "");
            };
        } catch (CannotImportException refused) {
            throw ModelInput.problem(span, "has " + which + " that cannot be imported: " + refused.getMessage(), "");
        }
    }

    /** Vectors of images with more than a pixel decide whose order of channels and pixels the whole network follows. */
    private ForeignNetwork network(Graph graph, Context context) throws InvalidInputException {
        boolean channelsFirst = graph.nodes().stream()
                .filter(node -> node.op() instanceof Flatten && node.input().type().pixelCount() > 1)
                .map(node -> ((Flatten) node.op()).channelsFirst()).findFirst()
                .orElse(input.layout().equals(Layout.NCHW));
        Graph even = graph.rewrite((node, inputs) -> node.op() instanceof Flatten
                && node.input().type().pixelCount() == 1
                        ? new Node(node.name(), new Flatten(channelsFirst), inputs, node.origins())
                        : node.withInputs(inputs))
                .orElse(graph);
        LeadingScaling leading = new LeadingScaling(even);
        List<String> findings = new ArrayList<>(input.findings());
        findings.addAll(context.findings());
        if (!leading.scaling().isNone()) {
            findings.add(
                    "what is computed by " + String.join(", ", leading.names().stream().map(Quotation::of).toList())
                            + " is said at the input; arrays are raw, as the model takes them");
        }
        return new ForeignNetwork(leading.rest(), channelsFirst ? NamingConvention.PYTORCH : NamingConvention.KERAS,
                file.format() + ", opset " + context.opset(), findings, pictures(input, leading.scaling()),
                leading.scaling());
    }

    /** Of bytes, a picture is its pixels. */
    private static Optional<Pictures> pictures(ModelInput input, FileScaling scaling) {
        if (!input.isOfBytes()) {
            return Optional.empty();
        }
        int channels = input.type().channels();
        return Optional.of((scaling.isNone() ? FileScaling.identity(channels) : scaling).picturesOfLevels());
    }
}
