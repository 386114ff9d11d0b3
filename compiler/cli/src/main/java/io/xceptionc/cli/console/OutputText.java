package io.xceptionc.cli.console;

import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What reports say of a model's outputs. */
public final class OutputText {

    private OutputText() {}

    /** The shape of one output, or the names and shapes of several, in a line of a report. */
    public static String line(SequencedMap<String, List<Integer>> outputs) {
        return outputs.size() == 1
                ? "  output   " + outputs.firstEntry().getValue()
                : "  outputs  " + outputs.entrySet().stream().map(output -> output.getKey() + " " + output.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** The same of a model. */
    public static String line(ModelSignature signature) {
        SequencedMap<String, List<Integer>> outputs = new LinkedHashMap<>();
        signature.outputs().forEach(output -> outputs.put(output.name(), output.shape()));
        return line(outputs);
    }

    /** The shape of a model's one output, or the names and shapes of several. */
    public static String shapes(ModelSignature signature) {
        return signature.outputs().stream()
                .map(output -> (signature.hasOneOutput() ? "" : output.name() + " ") + output.shape())
                .collect(Collectors.joining(", "));
    }

    /** The names of a model's outputs. */
    public static String names(ModelSignature signature) {
        return signature.outputs().stream().map(ModelOutput::name).collect(Collectors.joining(", "));
    }
}
