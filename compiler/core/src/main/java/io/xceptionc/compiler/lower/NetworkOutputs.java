package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.spec.LabelsSpec;
import io.xceptionc.compiler.spec.OutputSpec;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelOutput.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says to the runtime what a network yields: its outputs, with their labels and what their numbers are. */
public final class NetworkOutputs {

    private NetworkOutputs() {}

    /**
     * The outputs, in the spec's order; labels that do not fit are reported and left out.
     *
     * @param folder the spec's folder, where files with labels are looked for
     */
    public static List<ModelOutput> of(LoweredNetwork network, Path folder, Diagnostics diagnostics) {
        Spec spec = network.spec();
        reportMisplaced(spec, diagnostics);
        List<ModelOutput> outputs = new ArrayList<>();
        for (int i = 0; i < network.graph().outputs().size(); i++) {
            Node node = network.graph().outputs().get(i);
            boolean named = !spec.outputs().isEmpty();
            Optional<LabelsSpec> own = named ? spec.outputs().get(i).labels() : Optional.empty();
            Optional<LabelsSpec> given = own.or(() -> spec.outputs().size() < 2 ? spec.labels() : Optional.empty());
            String what = named ? "output '" + spec.outputs().get(i).name() + "'" : "network";
            List<String> labels = Labels.read(given, node, what, folder, diagnostics).orElse(List.of());
            outputs.add(output(node, kind(node, named, !labels.isEmpty()), labels));
        }
        return outputs;
    }

    private static ModelOutput output(Node node, Kind kind, List<String> labels) {
        ModelOutput output = new ModelOutput(((Output) node.op()).name(), kind, node.type().dimensions(), labels);
        return kind == Kind.IMAGE ? output.withPixels(PixelRules.of(node)) : output;
    }

    /** The files with labels that a spec names. */
    public static List<Path> files(Spec spec, Path specFile) {
        return Stream
                .concat(spec.labels().stream(), spec.outputs().stream().flatMap(output -> output.labels().stream()))
                .filter(LabelsSpec.OfFile.class::isInstance).map(LabelsSpec.OfFile.class::cast)
                .map(labels -> specFile.resolveSibling(labels.path())).distinct().toList();
    }

    private static void reportMisplaced(Spec spec, Diagnostics diagnostics) {
        if (spec.labels().isEmpty() || spec.outputs().isEmpty()) {
            return;
        }
        String first = spec.outputs().getFirst().name();
        if (spec.outputs().size() > 1) {
            diagnostics.report(DiagnosticCode.E105, spec.labels().get().span(),
                    "labels belong to one output, but there are " + spec.outputs().size() + ": "
                            + spec.outputs().stream().map(OutputSpec::name).collect(Collectors.joining(", ")),
                    "put them into outputs: {" + first + ": {labels: [...]}, ...}");
        } else if (spec.outputs().getFirst().labels().isPresent()) {
            diagnostics.report(DiagnosticCode.E105, spec.labels().get().span(),
                    "output '" + first + "' has labels of its own", "remove these or those");
        }
    }

    /**
     * Where the spec does not name outputs, a vector is taken for classes, as networks of one output mostly yield them.
     */
    private static Kind kind(Node output, boolean named, boolean labelled) {
        TensorType type = output.type();
        if (type.elementCount() > type.channels()) {
            return Kind.IMAGE;
        }
        return !named || labelled || endsInSoftmax(output.input()) ? Kind.CLASSES : Kind.NUMBERS;
    }

    private static boolean endsInSoftmax(Node node) {
        boolean isUnchanged = node.op() instanceof Flatten || node.op() instanceof Dropout;
        return node.op() instanceof Softmax || (isUnchanged && endsInSoftmax(node.input()));
    }
}
