package io.xceptionc.compiler.foreign;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
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
 * @param pictures how a picture becomes its array; empty where the file does not say
 * @param scaling what it computes of an array before the graph
 * @param usual how networks of its family take pictures, where that is known and the file does not say
 */
public record ForeignNetwork(
        Graph graph,
        NamingConvention convention,
        String origin,
        List<String> findings,
        Optional<Pictures> pictures,
        FileScaling scaling,
        Optional<UsualPictures> usual) {

    public ForeignNetwork {
        Objects.requireNonNull(graph);
        Objects.requireNonNull(convention);
        Objects.requireNonNull(scaling);
        findings = List.copyOf(findings);
    }

    /** Of a family that is not known. */
    public ForeignNetwork(Graph graph, NamingConvention convention, String origin, List<String> findings,
            Optional<Pictures> pictures, FileScaling scaling) {
        this(graph, convention, origin, findings, pictures, scaling, Optional.empty());
    }

    /** The same with one more line of what was assumed. */
    ForeignNetwork noting(String finding) {
        List<String> all = new ArrayList<>(findings);
        all.add(finding);
        return new ForeignNetwork(graph, convention, origin, all, pictures, scaling, usual);
    }
}
