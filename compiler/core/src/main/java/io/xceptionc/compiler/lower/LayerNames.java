package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives layers their names, and finds layers by name. */
final class LayerNames {

    private static final Set<String> RESERVED = Set.of("input", "output");

    /**
     * The name of one layer.
     *
     * @param layer as the spec has it, which its weights have, too
     * @param node unique in the graph: that of the layer, with {@code @2}, {@code @3} for the next uses of its weights
     */
    record LayerName(String layer, String node) {

        /** The name of the layer's activation. */
        LayerName activation() {
            return new LayerName(layer + "_activation", node + "_activation");
        }
    }

    private final Diagnostics diagnostics;
    private final Map<String, Integer> countsByPath = new HashMap<>();
    private final List<String> countedPaths = new ArrayList<>();
    private final Map<String, SourceSpan> firstSpans = new HashMap<>();
    private final Map<String, Integer> useCounts = new HashMap<>();
    private final Map<String, Optional<Node>> nodes = new HashMap<>();
    private final List<String> definedNames = new ArrayList<>();
    private final BoundedSuggestions suggestions = new BoundedSuggestions();

    LayerNames(Node input, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        nodes.put(input.name(), Optional.of(input));
    }

    /** A name from a place: the word, in a scope that has it already with {@code _2}, {@code _3}, ... */
    String derive(Scope scope, String word) {
        String path = scope.join(word);
        countedPaths.add(path);
        int count = countsByPath.merge(path, 1, Integer::sum);
        return count == 1 ? path : path + "_" + count;
    }

    /** How many names are derived so far, for {@link #rewind}. */
    int derivedCount() {
        return countedPaths.size();
    }

    /** Forgets the names derived since, so that they are derived again. */
    void rewind(int derivedCount) {
        while (countedPaths.size() > derivedCount) {
            countsByPath.merge(countedPaths.removeLast(), -1, Integer::sum);
        }
    }

    /** Takes a name for a layer; one that is taken already, and not repeated with its weights, is reported. */
    LayerName claim(String name, SourceSpan span, Scope scope) {
        if (RESERVED.contains(name)) {
            diagnostics.report(DiagnosticCode.E106, span, "'" + name + "' is the network's own name for its " + name,
                    "give the layer another name");
        } else if (name.length() > WordType.LAYER_NAME.longest()) {
            diagnostics.report(DiagnosticCode.E106, span, "the name derived from this layer's place is longer than "
                    + WordType.LAYER_NAME.longest() + " characters", "give the layer a name");
        }
        SourceSpan first = firstSpans.putIfAbsent(name, span);
        if (first == null) {
            useCounts.put(name, 1);
            return new LayerName(name, name);
        }
        int useCount = useCounts.merge(name, 1, Integer::sum);
        if (!scope.isReplay()) {
            reportDuplicate(name, span, first);
        }
        return new LayerName(name, name + "@" + useCount);
    }

    private void reportDuplicate(String name, SourceSpan span, SourceSpan first) {
        if (span.equals(first)) {
            diagnostics.report(DiagnosticCode.E109, span,
                    "layer '" + name + "' comes more than once, as its block or repeat does",
                    "put the index or a parameter into the name: " + name + "_${i}, or leave the name out");
        } else {
            diagnostics.report(DiagnosticCode.E109, span,
                    "layer '" + name + "' is defined twice, first in line " + first.line() + ", column "
                            + first.column(),
                    "give one of them another name");
        }
    }

    /** Says what a layer's result is; nothing if that is not known. */
    void define(String layer, Optional<Node> result) {
        nodes.put(layer, result);
        definedNames.add(layer);
    }

    /**
     * The result of a layer anywhere in the network; empty if it is not known, which is reported if there is no such
     * layer.
     */
    Optional<Node> resolveOutput(String name, SourceSpan span) {
        if (RESERVED.contains(name)) {
            diagnostics.report(DiagnosticCode.E108, span,
                    "'" + name + "' is no layer, but the network's own name for its " + name,
                    "an output is the result of a layer");
            return Optional.empty();
        }
        Optional<Node> node = nodes.get(name);
        if (node == null) {
            diagnostics.report(DiagnosticCode.E108, span, "there is no layer " + Quotation.of(name),
                    suggestions.didYouMean(name, definedNames.reversed(), "an output is the result of a layer"));
            return Optional.empty();
        }
        return node;
    }

    /** Whether a layer has a name. */
    boolean isLayer(String name) {
        return firstSpans.containsKey(name);
    }

    /** The result of an earlier layer; empty if it is not known, which is reported if there is no such layer. */
    Optional<Node> resolve(String name, SourceSpan span) {
        Optional<Node> node = nodes.get(name);
        if (node == null) {
            diagnostics.report(DiagnosticCode.E108, span,
                    "there is no layer " + Quotation.of(name) + " before this one",
                    suggestions.didYouMean(name, definedNames.reversed(),
                            "a layer can read only layers that stand above it"));
            return Optional.empty();
        }
        return node;
    }
}
