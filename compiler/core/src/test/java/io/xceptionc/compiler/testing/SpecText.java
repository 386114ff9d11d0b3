package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticPrinter;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.Lowering;
import io.xceptionc.compiler.lower.NetworkOutputs;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A spec's text taken through parser and lowering.
 *
 * @param network what came of it
 * @param diagnostics the problems
 * @param report the problems as they are printed
 */
public record SpecText(Optional<LoweredNetwork> network, List<Diagnostic> diagnostics, String report) {

    /** Takes a text through; a file with labels is looked for in a folder. */
    public static SpecText of(String fileName, String text, Path folder) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LoweredNetwork> network = SpecParser.parse(fileName, text, diagnostics)
                .flatMap(spec -> Lowering.lower(spec, Optional.empty(),
                        new DeclaredWeights(Lowering.convention(spec), diagnostics), diagnostics))
                .filter(lowered -> !NetworkOutputs.of(lowered, folder, diagnostics).isEmpty()
                        && !diagnostics.hasErrors());
        DiagnosticPrinter printer = new DiagnosticPrinter(Map.of(fileName, text.lines().toList()));
        String report = diagnostics.sorted().stream().map(printer::print).collect(Collectors.joining());
        return new SpecText(network, diagnostics.sorted(), report);
    }

    /** Takes a text through. */
    public static SpecText of(String text) {
        return of("test.yaml", text, Path.of("."));
    }

    /** The network of layers on an input {@code [32, 32, 16]}, given as the lines of a YAML list. */
    public static SpecText ofLayers(String layers) {
        return of("model: test\ninput: {shape: [32, 32, 16]}\nlayers:\n" + layers.indent(2));
    }

    /** The network; an {@link AssertionError} with the report if there is none. */
    public LoweredNetwork valid() {
        return network.orElseThrow(() -> new AssertionError(report));
    }

    /** The layers' names in order. */
    public List<String> names() {
        return valid().layers().stream().map(Node::name).toList();
    }

    /** Each layer as {@code name: inputs}. */
    public List<String> wiring() {
        return valid().layers().stream()
                .map(node -> node.name() + ": "
                        + node.inputs().stream().map(Node::name).collect(Collectors.joining(" ")))
                .toList();
    }
}
