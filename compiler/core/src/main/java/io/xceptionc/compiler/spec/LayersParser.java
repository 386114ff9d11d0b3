package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.Keyword;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.FrameworkWords;
import io.xceptionc.compiler.language.attribute.NotOffered;
import io.xceptionc.compiler.language.attribute.ReferencesType;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Entry;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import io.xceptionc.compiler.spec.LayerSyntax.BlockCall;
import io.xceptionc.compiler.spec.LayerSyntax.Branches;
import io.xceptionc.compiler.spec.LayerSyntax.OperatorCall;
import io.xceptionc.compiler.spec.LayerSyntax.Repeat;
import io.xceptionc.compiler.spec.LayerSyntax.Residual;
import io.xceptionc.compiler.spec.LayerSyntax.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads lists of layers. What cannot be understood is reported and kept as {@link Unreadable}. */
final class LayersParser {

    private final Diagnostics diagnostics;
    private final ArgumentsParser argumentsParser;
    private final Set<String> blockNames;

    LayersParser(Set<String> blockNames, Diagnostics diagnostics) {
        this.blockNames = blockNames;
        this.diagnostics = diagnostics;
        this.argumentsParser = new ArgumentsParser(diagnostics);
    }

    /** The layers of a list that is the value of an attribute. */
    List<LayerSyntax> parse(Attribute<?> attribute, Value value) {
        if (value instanceof Sequence list) {
            return list.items().stream().map(this::item).toList();
        }
        Complaints.wrong(attribute.name(), StructureType.LAYERS, value, "begin each layer with '- '", diagnostics);
        return List.of(new Unreadable(Optional.empty(), value.span()));
    }

    private LayerSyntax item(Value item) {
        return switch (item) {
            case Scalar word -> call(word, Optional.empty());
            case Mapping mapping when mapping.get("repeat").isPresent() -> repeat(mapping);
            case Mapping mapping when mapping.get("block").isPresent() -> block(mapping);
            case Mapping mapping when mapping.entries().size() == 1 -> {
                Entry entry = mapping.entries().getFirst();
                yield call(entry.key(), Optional.of(entry.value()));
            }
            case Mapping mapping -> severalKeys(mapping);
            case Sequence list -> unreadable(list.span(), "a layer must be an operator or a mapping, not a list",
                    "to go through layers in parallel, use branches: {paths: [...]}");
        };
    }

    /** Something with several keys, one of which should have been the keyword of all. */
    private LayerSyntax severalKeys(Mapping mapping) {
        Set<String> words = Set.copyOf(Keyword.layerWords());
        List<Entry> keywords =
                mapping.entries().stream().filter(entry -> words.contains(entry.key().text())).toList();
        if (keywords.isEmpty()) {
            return mapping.entries().isEmpty()
                    ? unreadable(mapping.span(), "this layer is empty", "write an operator, such as relu")
                    : call(mapping.entries().getFirst().key(), Optional.of(mapping));
        }
        Scalar keyword = keywords.getFirst().key();
        Entry other =
                mapping.entries().stream().filter(entry -> !entry.key().equals(keyword)).findFirst().orElseThrow();
        boolean isLayer = keywords.contains(other);
        diagnostics.report(DiagnosticCode.E105, other.key().span(),
                Quotation.of(other.key().text()) + " stands beside '" + keyword.text() + "'",
                isLayer
                        ? "begin each layer with '- '"
                        : "indent the attributes of '" + keyword.text() + "' more than the word itself");
        return new Unreadable(nameIn(mapping), keyword.span());
    }

    private LayerSyntax call(Scalar word, Optional<Value> value) {
        Optional<Keyword> keyword = Operators.of(word.text()).map(Keyword.class::cast).or(() -> wrapped(word.text()));
        Optional<Value> given = value.filter(attributes -> !(attributes instanceof Scalar scalar && scalar.isNull()));
        if (keyword.isEmpty()) {
            return unknown(word, given);
        }
        if (given.isPresent() && !(given.get() instanceof Mapping)) {
            return unreadable(given.get().span(),
                    "the attributes of " + word.text() + " must be a mapping, not " + given.get().describe(),
                    "write " + example(keyword.get()));
        }
        Mapping mapping = given.map(Mapping.class::cast).orElseGet(() -> new Mapping(List.of(), word.span()));
        if (keyword.get() instanceof Operator operator) {
            return new OperatorCall(operator, argumentsParser.parse(operator, mapping), word.span());
        }
        return keyword.get() == Structure.RESIDUAL ? residual(mapping, word.span()) : branches(mapping, word.span());
    }

    /** The structures whose attributes stand below them, as those of operators do. */
    private static Optional<Keyword> wrapped(String word) {
        return Stream.<Keyword>of(Structure.RESIDUAL, Structure.BRANCHES)
                .filter(structure -> structure.word().equals(word)).findFirst();
    }

    /** The attributes that a keyword must have, as an author might write them. */
    private static String example(Keyword keyword) {
        String required = keyword.attributes().stream().filter(Attribute::isRequired).map(Attribute::example)
                .collect(Collectors.joining(", "));
        return required.isEmpty() ? keyword.word() + ": {name: my_layer}" : keyword.word() + ": {" + required + "}";
    }

    private LayerSyntax unknown(Scalar word, Optional<Value> value) {
        if (word.isNull()) {
            return unreadable(word.span(), "this layer is empty", "write an operator, such as relu");
        }
        String help = blockNames.contains(word.text())
                ? "a block is used as {block: " + word.text() + "}"
                : word.text().equals("repeat") || word.text().equals("block")
                        ? "write " + word.text() + ": and its value"
                        : FrameworkWords.didYouMean(word.text(), Keyword.layerWords(), NotOffered.LAYERS,
                                "the operators are listed in the reference of the spec language");
        diagnostics.report(DiagnosticCode.E107, word.span(),
                "there is no operator " + Quotation.of(word.text()), help);
        return new Unreadable(value.flatMap(LayersParser::nameIn), word.span());
    }

    private LayerSyntax unreadable(SourceSpan span, String message, String help) {
        diagnostics.report(DiagnosticCode.E105, span, message, help);
        return new Unreadable(Optional.empty(), span);
    }

    /** The name that a layer seems to have. */
    private static Optional<String> nameIn(Value value) {
        return value instanceof Mapping mapping
                ? mapping.get("name")
                        .flatMap(name -> name instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty())
                : Optional.empty();
    }

    private LayerSyntax repeat(Mapping mapping) {
        SourceSpan span = keySpan(mapping, "repeat");
        Arguments arguments = argumentsParser.parse(Structure.REPEAT, mapping);
        argumentsParser.requireAll(Structure.REPEAT, "repeat", arguments, span);
        if (arguments.get(LayerAttributes.REPEAT_WEIGHTS)
                .filter(value -> value instanceof Scalar word && word.text().equals("shared")).isPresent()) {
            arguments.get(LayerAttributes.INDEX)
                    .ifPresent(index -> diagnostics.report(DiagnosticCode.E105, index.span(),
                            "a repeat with shared weights has no index",
                            "its layers are the same on each pass; remove the index, or weights: shared"));
        }
        return new Repeat(arguments, layers(arguments, LayerAttributes.REPEATED_LAYERS), span);
    }

    private LayerSyntax block(Mapping mapping) {
        SourceSpan span = keySpan(mapping, "block");
        Arguments arguments = argumentsParser.parse(Structure.BLOCK, mapping);
        Optional<Value> with = arguments.get(LayerAttributes.WITH);
        if (with.isPresent() && !(with.get() instanceof Mapping)) {
            Complaints.wrong("with", StructureType.PARAMETER_VALUES, with.get(), "write with: {filters: 64}",
                    diagnostics);
            return new Unreadable(Optional.empty(), span);
        }
        return new BlockCall(arguments, with.map(value -> ((Mapping) value).entries()).orElse(List.of()), span);
    }

    private LayerSyntax residual(Mapping mapping, SourceSpan span) {
        Arguments arguments = argumentsParser.parse(Structure.RESIDUAL, mapping);
        argumentsParser.requireAll(Structure.RESIDUAL, "residual", arguments, span);
        Optional<List<LayerSyntax>> shortcut =
                arguments.get(LayerAttributes.SHORTCUT).map(value -> parse(LayerAttributes.SHORTCUT, value));
        return new Residual(arguments, layers(arguments, LayerAttributes.BODY), shortcut, span);
    }

    private LayerSyntax branches(Mapping mapping, SourceSpan span) {
        Arguments arguments = argumentsParser.parse(Structure.BRANCHES, mapping);
        argumentsParser.requireAll(Structure.BRANCHES, "branches", arguments, span);
        Optional<Value> paths = arguments.get(LayerAttributes.PATHS);
        if (paths.isEmpty()) {
            return new Unreadable(nameIn(mapping), span);
        }
        if (!(paths.get() instanceof Sequence list) || list.items().size() < 2) {
            Complaints.wrong("paths", StructureType.PATHS, paths.get(),
                    "write paths: [[conv2d: {...}], [max_pool2d: {...}]]", diagnostics);
            return new Unreadable(nameIn(mapping), span);
        }
        if (list.items().size() > ReferencesType.MOST) {
            Complaints.tooMany("paths", list, ReferencesType.MOST, "put branches into branches", diagnostics);
            return new Unreadable(nameIn(mapping), span);
        }
        return new Branches(arguments, list.items().stream().map(path -> parse(LayerAttributes.PATHS, path)).toList(),
                span);
    }

    private List<LayerSyntax> layers(Arguments arguments, Attribute<?> attribute) {
        return arguments.get(attribute).map(value -> parse(attribute, value)).orElse(List.of());
    }

    private static SourceSpan keySpan(Mapping mapping, String key) {
        return mapping.entries().stream().filter(entry -> entry.key().text().equals(key)).findFirst().orElseThrow()
                .key().span();
    }
}
