package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.spec.OutputSpec;
import io.xceptionc.compiler.spec.Spec;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Finds the layers whose results a network yields. */
final class Outputs {

    private final LayerNames names;
    private final Diagnostics diagnostics;

    /** Among the layers that are unfolded. */
    Outputs(Unfolding unfolding, Diagnostics diagnostics) {
        names = unfolding.names();
        this.diagnostics = diagnostics;
    }

    /**
     * The values that a spec wants handed out, by their names and in order; what is wrong is reported.
     *
     * @param last the value of the last layer, which is the output where the spec does not say
     */
    SequencedMap<String, Node> of(Spec spec, Optional<Node> last) {
        SequencedMap<String, Node> outputs = new LinkedHashMap<>();
        if (spec.outputs().isEmpty()) {
            last.ifPresent(value -> outputs.put(Output.UNNAMED.name(), value));
        }
        for (OutputSpec output : spec.outputs()) {
            Optional<Node> value = names.resolveOutput(output.layer().name(), output.layer().value().span());
            if (value.isPresent() && names.isLayer(output.name()) && !output.name().equals(output.layer().name())) {
                diagnostics.report(DiagnosticCode.E109, output.span(),
                        "output '" + output.name() + "' has the name of a layer whose result it is not",
                        "give the output or that layer another name");
            }
            value.ifPresent(known -> outputs.put(output.name(), known));
        }
        return outputs.size() < spec.outputs().size() ? new LinkedHashMap<>() : outputs;
    }
}
