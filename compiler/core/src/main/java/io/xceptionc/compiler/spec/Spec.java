package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.attribute.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A network as its author wrote it.
 *
 * @param model the model's name
 * @param weights how the tensors of a weights file find their layers
 * @param input shape and preprocessing
 * @param labels names of the classes
 * @param license under which terms it and its weights may be used
 * @param defaults attributes that all layers of an operator take unless they say otherwise
 * @param blocks by name, in the spec's order
 * @param layers the network
 * @param layersSpan where they stand
 * @param outputs the layers whose results it yields; none if it is the last one's
 */
public record Spec(
        String model,
        WeightsSpec weights,
        InputSpec input,
        Optional<LabelsSpec> labels,
        Optional<String> license,
        Map<Operator, Arguments> defaults,
        SequencedMap<String, Block> blocks,
        List<LayerSyntax> layers,
        SourceSpan layersSpan,
        List<OutputSpec> outputs) {

    public Spec {
        defaults = Map.copyOf(defaults);
        blocks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(blocks));
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
    }

    /** What the defaults say about an operator. */
    public Arguments defaultsOf(Operator operator) {
        return defaults.getOrDefault(operator, Arguments.NONE);
    }
}
