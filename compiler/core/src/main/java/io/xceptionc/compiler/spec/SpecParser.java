package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.DocumentAttributes;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.FrameworkWords;
import io.xceptionc.compiler.language.attribute.NotOffered;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import io.xceptionc.compiler.language.attribute.WordType;
import io.xceptionc.compiler.spec.Block.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a spec: YAML text into syntax records. */
public final class SpecParser {

    private static final String UNNAMED = "model";

    private final Diagnostics diagnostics;
    private final ArgumentsParser argumentsParser;

    private SpecParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.argumentsParser = new ArgumentsParser(diagnostics);
    }

    /**
     * Reads a spec and reports all that is wrong with its text.
     *
     * @param fileName the file's name, for the reports
     * @return the spec; where errors are reported, what can be understood of it, good only to look for more of them;
     *         empty if that is not enough for a network
     */
    public static Optional<Spec> parse(String fileName, String text, Diagnostics diagnostics) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return YamlReader.read(fileName, withoutMark, diagnostics)
                .flatMap(root -> new SpecParser(diagnostics).document(root));
    }

    private Optional<Spec> document(Value root) {
        if (!(root instanceof Mapping mapping)) {
            diagnostics.report(DiagnosticCode.E105, root.span(), "a spec must be a mapping, not " + root.describe(),
                    "begin with model: and its name");
            return Optional.empty();
        }
        Arguments arguments = argumentsParser.parse(Structure.SPEC, "the spec", mapping);
        SourceSpan start = new SourceSpan(root.span().file(), root.span().line(), root.span().column(), 1);
        argumentsParser.requireAll(Structure.SPEC, "the spec", arguments, start);
        String model = DocumentAttributes.MODEL.read(arguments, diagnostics).orElse(UNNAMED);
        WeightsSpec weights =
                new WeightsParser(diagnostics)
                        .parse(DocumentAttributes.WEIGHTS.read(arguments, diagnostics).orElseThrow());
        Optional<InputSpec> input = arguments.get(DocumentAttributes.INPUT)
                .flatMap(value -> new InputParser(diagnostics).parse(value, start));
        Optional<LabelsSpec> labels =
                arguments.get(DocumentAttributes.LABELS).flatMap(value -> new LabelsParser(diagnostics).parse(value));
        Optional<String> license = DocumentAttributes.LICENSE.read(arguments, diagnostics);
        Map<Operator, Arguments> defaults =
                arguments.get(DocumentAttributes.DEFAULTS).map(this::defaults).orElse(Map.of());
        SequencedMap<String, Block> blocks =
                arguments.get(DocumentAttributes.BLOCKS).map(this::blocks).orElseGet(LinkedHashMap::new);
        LayersParser layersParser = new LayersParser(blocks.keySet(), diagnostics);
        List<LayerSyntax> layers = arguments.get(DocumentAttributes.LAYERS)
                .map(value -> layersParser.parse(DocumentAttributes.LAYERS, value)).orElse(List.of());
        SourceSpan layersSpan = arguments.get(DocumentAttributes.LAYERS).map(Value::span).orElse(start);
        List<OutputSpec> outputs = arguments.get(DocumentAttributes.OUTPUTS)
                .map(value -> new OutputsParser(diagnostics).parse(value)).orElse(List.of());
        return input.map(known -> new Spec(model, weights, known, labels, license, defaults, blocks, layers, layersSpan,
                outputs));
    }

    private Map<Operator, Arguments> defaults(Value value) {
        Map<Operator, Arguments> defaults = new LinkedHashMap<>();
        for (Entry entry : entries(DocumentAttributes.DEFAULTS, value)) {
            Optional<Operator> operator = Operators.of(entry.key().text());
            if (operator.isEmpty()) {
                diagnostics.report(DiagnosticCode.E107, entry.key().span(),
                        "there is no operator " + Quotation.of(entry.key().text()),
                        FrameworkWords.didYouMean(entry.key().text(), Operators.words(), NotOffered.LAYERS,
                                "defaults are given for operators, such as conv2d"));
            } else if (!(entry.value() instanceof Mapping mapping)) {
                diagnostics.report(DiagnosticCode.E105, entry.value().span(),
                        "the defaults of " + operator.get().word() + " must be a mapping, not "
                                + entry.value().describe(),
                        "write " + operator.get().word() + ": {attribute: value}");
            } else {
                defaults.put(operator.get(), defaultsOf(operator.get(), mapping));
            }
        }
        return defaults;
    }

    private Arguments defaultsOf(Operator operator, Mapping mapping) {
        Set<String> individual =
                Set.of(LayerAttributes.NAME.name(), LayerAttributes.INPUT.name(), LayerAttributes.INPUTS.name());
        mapping.entries().stream().filter(entry -> individual.contains(entry.key().text()))
                .forEach(entry -> diagnostics.report(
                        DiagnosticCode.E103, entry.key().span(), "'" + entry.key().text() + "' has no default",
                        "give it to each layer"));
        return argumentsParser.parse(operator,
                new Mapping(
                        mapping.entries().stream().filter(entry -> !individual.contains(entry.key().text())).toList(),
                        mapping.span()));
    }

    private SequencedMap<String, Block> blocks(Value value) {
        SequencedMap<String, Block> blocks = new LinkedHashMap<>();
        List<Entry> entries = entries(DocumentAttributes.BLOCKS, value);
        Set<String> names = entries.stream().map(entry -> entry.key().text()).collect(Collectors.toSet());
        for (Entry entry : entries) {
            WordType.BLOCK_NAME.read("block", entry.key(), diagnostics);
            blocks.put(entry.key().text(), block(entry, names));
        }
        return blocks;
    }

    private Block block(Entry entry, Set<String> names) {
        String name = entry.key().text();
        if (!(entry.value() instanceof Mapping mapping)) {
            diagnostics.report(DiagnosticCode.E105, entry.value().span(),
                    "block " + Quotation.of(name) + " must be a mapping, not " + entry.value().describe(),
                    "write layers: and a list of layers below the block's name");
            return new Block(name, List.of(), List.of(new LayerSyntax.Unreadable(Optional.empty(), entry.key().span())),
                    entry.key().span());
        }
        Arguments arguments = argumentsParser.parse(Structure.BLOCKS, "block " + Quotation.of(name), mapping);
        argumentsParser.requireAll(Structure.BLOCKS, "block " + Quotation.of(name), arguments, entry.key().span());
        List<Parameter> parameters =
                arguments.get(DocumentAttributes.PARAMETERS).map(this::parameters).orElse(List.of());
        List<LayerSyntax> layers = arguments.get(DocumentAttributes.BLOCK_LAYERS)
                .map(value -> new LayersParser(names, diagnostics).parse(DocumentAttributes.BLOCK_LAYERS, value))
                .orElse(List.of());
        return new Block(name, parameters, layers, entry.key().span());
    }

    private List<Parameter> parameters(Value value) {
        SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
        switch (value) {
            case Sequence list -> list.items().forEach(item -> parameter(item, Optional.empty(), parameters));
            case Mapping mapping ->
                    mapping.entries().forEach(entry -> parameter(entry.key(), Optional.of(entry.value()), parameters));
            case Scalar _ -> Complaints.wrong("parameters", StructureType.PARAMETERS, value,
                    "write parameters: [filters]", diagnostics);
        }
        return List.copyOf(parameters.values());
    }

    private void parameter(Value word, Optional<Value> byDefault, Map<String, Parameter> parameters) {
        Optional<Value> given = byDefault.filter(value -> !(value instanceof Scalar scalar && scalar.isNull()));
        WordType.VARIABLE_NAME.read("parameters", word, diagnostics).ifPresent(name -> {
            if (parameters.putIfAbsent(name, new Parameter(name, given, word.span())) != null) {
                diagnostics.report(DiagnosticCode.E109, word.span(), "parameter '" + name + "' is given twice",
                        "remove one of them");
            }
        });
    }

    private List<Entry> entries(Attribute<?> attribute, Value value) {
        if (value instanceof Mapping mapping) {
            return mapping.entries();
        }
        Complaints.wrong(attribute.name(), attribute.type(), value, diagnostics);
        return List.of();
    }
}
