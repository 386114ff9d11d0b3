package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.PictureInput;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import io.xceptionc.runtime.image.ArrayScaling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a network is as an ONNX model.
 *
 * @param model the model's name
 * @param inputName what the file calls the input
 * @param inputShape its shape, {@code [batch, c, h, w]}
 * @param arrays what the file computes of its input first, as the spec says of arrays
 * @param outputs what the file calls the outputs, in order, each with its shape, {@code [batch, c, h, w]} or {@code
 *        [batch, c]}
 * @param parameters numbers in all weights; those that layers share count once
 * @param weights what was taken from the weights' file; empty if weights are drawn
 * @param warnings what is odd, but no error
 */
public record ExportReport(
        String model,
        String inputName,
        List<Integer> inputShape,
        ArrayScaling arrays,
        SequencedMap<String, List<Integer>> outputs,
        long parameters,
        Optional<WeightsReport> weights,
        List<Diagnostic> warnings) {

    public ExportReport {
        inputShape = List.copyOf(inputShape);
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        warnings = List.copyOf(warnings);
    }

    /** The version of ONNX's operators that the file is written in. */
    public int opset() {
        return OnnxExport.OPSET;
    }

    static ExportReport of(BoundNetwork bound, int batch, List<Diagnostic> warnings) {
        LoweredNetwork network = bound.network();
        Graph graph = network.graph();
        SequencedMap<String, List<Integer>> outputs = new LinkedHashMap<>();
        graph.outputs().forEach(
                output -> outputs.put(OnnxExport.outputName(output), OnnxExport.shape(output.type(), batch)));
        return new ExportReport(graph.name(), graph.input().name(), OnnxExport.shape(graph.input().type(), batch),
                PictureInput.ofArrays(network), outputs, Summary.of(network).parameters(), bound.weights(), warnings);
    }
}
