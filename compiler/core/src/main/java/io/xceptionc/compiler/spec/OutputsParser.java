package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.language.DocumentAttributes;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.ReferencesType.Reference;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import io.xceptionc.compiler.language.attribute.WordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which layers' results a network yields: a list of layers, or a mapping from names to layers. */
final class OutputsParser {

    private static final int MOST = 100;
    private static final String HELP =
            "write outputs: [age, gender] or outputs: {age: age_layer, gender: gender_layer}";

    private final Diagnostics diagnostics;
    private final ArgumentsParser argumentsParser;
    private final Map<String, OutputSpec> outputs = new LinkedHashMap<>();

    OutputsParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.argumentsParser = new ArgumentsParser(diagnostics);
    }

    /** The outputs that can be understood, in order. */
    List<OutputSpec> parse(Value value) {
        int count = switch (value) {
            case Sequence list -> list.items().size();
            case Mapping mapping -> mapping.entries().size();
            case Scalar _ -> 0;
        };
        if (value instanceof Scalar word) {
            Complaints.wrong("outputs", StructureType.OUTPUTS, value,
                    word.isNull() ? HELP : "write outputs: [" + Quotation.line(word.text()) + "]", diagnostics);
        } else if (count == 0) {
            diagnostics.report(DiagnosticCode.E105, value.span(), "'outputs' names no layer",
                    HELP + "; without outputs, the last layer is the output");
        } else if (count > MOST) {
            diagnostics.report(DiagnosticCode.E102, value.span(),
                    "'outputs' has " + count + " entries, more than " + MOST, "join some of them by concat");
        } else if (value instanceof Sequence list) {
            list.items().forEach(item -> word(item).ifPresent(name -> add(name, (Scalar) item,
                    new Reference(name, item), Optional.empty())));
        } else if (value instanceof Mapping mapping) {
            mapping.entries().forEach(this::entry);
        }
        return List.copyOf(outputs.values());
    }

    private Optional<String> word(Value value) {
        return WordType.LAYER_NAME.read("outputs", value, diagnostics);
    }

    private void entry(Entry entry) {
        Optional<String> name = word(entry.key());
        switch (entry.value()) {
            case Mapping longForm -> {
                Arguments arguments =
                        argumentsParser.parse(Structure.OUTPUTS, "output " + Quotation.of(entry.key().text()),
                                longForm);
                Value layer = arguments.get(DocumentAttributes.OUTPUT_LAYER).orElse(entry.key());
                Optional<LabelsSpec> labels = arguments.get(DocumentAttributes.OUTPUT_LABELS)
                        .flatMap(labelsValue -> new LabelsParser(diagnostics).parse(labelsValue));
                Optional<String> layerName =
                        arguments.get(DocumentAttributes.OUTPUT_LAYER).isEmpty()
                                ? name
                                : DocumentAttributes.OUTPUT_LAYER.read(arguments, diagnostics);
                name.ifPresent(known -> layerName
                        .ifPresent(word -> add(known, entry.key(), new Reference(word, layer), labels)));
            }
            case Scalar layer when !layer.isNull() -> word(layer).ifPresent(word -> name
                    .ifPresent(known -> add(known, entry.key(), new Reference(word, layer), Optional.empty())));
            case Scalar _, Sequence _ -> diagnostics.report(DiagnosticCode.E105, entry.value().span(),
                    "output " + Quotation.of(entry.key().text()) + " must be a layer or {layer, labels}, not "
                            + entry.value().describe(),
                    "write " + entry.key().text() + ": and the name of a layer");
        }
    }

    private void add(String name, Scalar where, Reference layer, Optional<LabelsSpec> labels) {
        OutputSpec first = outputs.putIfAbsent(name, new OutputSpec(name, where.span(), layer, labels));
        if (first != null) {
            diagnostics.report(DiagnosticCode.E109, where.span(), "output '" + name + "' is named twice",
                    "remove one of them, or give them names: {first_name: " + name + ", second_name: " + name + "}");
        }
    }
}
