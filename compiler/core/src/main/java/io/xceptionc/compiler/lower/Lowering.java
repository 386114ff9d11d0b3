package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.attribute.ShapeType.Shape;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.Weights;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Unfolds a spec's blocks, repeats, residuals, branches, defaults and variables into a graph. */
public final class Lowering {

    private Lowering() {}

    /** Whose names and layouts the weights of a spec have. */
    public static NamingConvention convention(Spec spec) {
        return NamingConvention.valueOf(spec.weights().convention().toUpperCase(Locale.ROOT));
    }

    /**
     * Unfolds a spec and reports all that is wrong with its network.
     *
     * @param inputOverride the input's height and width, if not those of the spec
     * @param weights where the tensors come from
     * @return the network; empty if an error is reported, now or before
     */
    public static Optional<LoweredNetwork> lower(Spec spec, Optional<ImageSize> inputOverride, Weights weights,
            Diagnostics diagnostics) {
        Shape shape = spec.input().shape();
        TensorType type = TensorType.image(inputOverride.map(ImageSize::height).orElse(shape.height()),
                inputOverride.map(ImageSize::width).orElse(shape.width()), shape.channels());
        if (type.elementCount() > TensorType.LARGEST_ELEMENT_COUNT) {
            diagnostics.report(DiagnosticCode.E205, spec.input().span(),
                    "the input " + type + " has more than " + TensorType.LARGEST_ELEMENT_COUNT
                            + " elements",
                    "make the input smaller");
            return Optional.empty();
        }
        GraphBuilder builder = new GraphBuilder(spec.model(), diagnostics);
        Node input = builder.input(type, spec.input().span());
        Unfolding unfolding = new Unfolding(spec, input, builder, weights, diagnostics);
        Optional<Node> last = unfolding.unfold(spec.layers(), Optional.of(input), Scope.TOP);
        if (unfolding.layers().isEmpty() && !diagnostics.hasErrors()) {
            diagnostics.report(DiagnosticCode.E105, spec.layersSpan(), "the network has no layers",
                    "write at least one under layers:");
        }
        SequencedMap<String, Node> outputs = new Outputs(unfolding, diagnostics).of(spec, last);
        if (diagnostics.hasErrors() || outputs.isEmpty()) {
            return Optional.empty();
        }
        Graph graph = builder.build(outputs);
        reportUnused(unfolding.layers(), outputs.values(), diagnostics);
        unfolding.blockCalls().reportUncalled();
        Set<Node> used = new HashSet<>(graph.nodes());
        return Optional
                .of(new LoweredNetwork(graph, unfolding.layers().stream().filter(used::contains).toList(), spec));
    }

    private static void reportUnused(List<Node> layers, Collection<Node> outputs, Diagnostics diagnostics) {
        Set<Node> read = new HashSet<>(outputs);
        layers.forEach(layer -> read.addAll(layer.inputs()));
        layers.stream().filter(layer -> !read.contains(layer))
                .forEach(layer -> diagnostics.report(DiagnosticCode.W201, layer.span(),
                        layer.op().keyword() + " '" + layer.name() + "' is left out, because no layer reads its result",
                        "remove it, or name it in the input of another layer"));
    }
}
