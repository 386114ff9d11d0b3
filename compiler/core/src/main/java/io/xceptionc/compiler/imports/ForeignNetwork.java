package io.xceptionc.compiler.imports;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network that another tool has written.
 *
 * @param graph the network, of operators that the language has, with the values of all weights
 * @param convention whose names and layouts it follows
 * @param origin a few words on the file, such as {@code ONNX of pytorch 1.13.1, opset 13}
 * @param findings what was assumed or left out, a line each
 * @param pictures how a picture becomes its input; empty where the file does not say
 */
public record ForeignNetwork(
        Graph graph,
        NamingConvention convention,
        String origin,
        List<String> findings,
        Optional<Pictures> pictures) {

    /** Of a file that says nothing of pictures. */
    public ForeignNetwork(Graph graph, NamingConvention convention, String origin, List<String> findings) {
        this(graph, convention, origin, findings, Optional.empty());
    }

    public ForeignNetwork {
        Objects.requireNonNull(graph);
        Objects.requireNonNull(convention);
        findings = List.copyOf(findings);
    }
}
