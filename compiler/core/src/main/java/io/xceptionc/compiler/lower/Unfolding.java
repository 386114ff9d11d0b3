package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.GraphBuilder;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.Activations;
import io.xceptionc.compiler.language.AttributeValues;
import io.xceptionc.compiler.language.Keyword;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Merges;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.Operators;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.ReferencesType.Reference;
import io.xceptionc.compiler.lower.LayerNames.LayerName;
import io.xceptionc.compiler.spec.LayerSyntax;
import io.xceptionc.compiler.spec.LayerSyntax.BlockCall;
import io.xceptionc.compiler.spec.LayerSyntax.Branches;
import io.xceptionc.compiler.spec.LayerSyntax.OperatorCall;
import io.xceptionc.compiler.spec.LayerSyntax.Repeat;
import io.xceptionc.compiler.spec.LayerSyntax.Residual;
import io.xceptionc.compiler.spec.LayerSyntax.Unreadable;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks through lists of layers and adds what they say to a graph.
 *
 * <p>
 * A value that is not known, because what should yield it is reported as wrong, is an empty {@link Optional}; layers
 * that read it are checked as far as they can be, and yield unknown values in turn.
 */
final class Unfolding {

    private final Spec spec;
    private final Diagnostics diagnostics;
    private final Weights weights;
    private final LayerNames names;
    private final Budget budget;
    private final LayerAssembly assembly;
    private final BlockCalls blockCalls;

    Unfolding(Spec spec, Node input, GraphBuilder builder, Weights weights, Diagnostics diagnostics) {
        this.spec = spec;
        this.diagnostics = diagnostics;
        this.weights = weights;
        this.names = new LayerNames(input, diagnostics);
        this.budget = new Budget(diagnostics);
        this.assembly = new LayerAssembly(builder, budget, diagnostics);
        this.blockCalls = new BlockCalls(spec, diagnostics);
    }

    /** The layers added so far, in the spec's order. */
    List<Node> layers() {
        return assembly.layers();
    }

    /** The names of the layers. */
    LayerNames names() {
        return names;
    }

    /** The blocks that were called. */
    BlockCalls blockCalls() {
        return blockCalls;
    }

    /** The result of layers one after another. */
    Optional<Node> unfold(List<LayerSyntax> layers, Optional<Node> input, Scope scope) {
        Optional<Node> value = input;
        for (LayerSyntax layer : layers) {
            if (budget.isSpent() || !budget.allowsDepth(scope.depth(), layer.span())) {
                return Optional.empty();
            }
            value = switch (layer) {
                case OperatorCall call -> operator(call, value, scope);
                case Repeat repeat -> repeat(repeat, value, scope.nested());
                case BlockCall call -> block(call, value, scope.nested());
                case Residual residual -> residual(residual, value, scope.nested());
                case Branches branches -> branches(branches, value, scope.nested());
                case Unreadable unreadable -> {
                    unreadable.name().ifPresent(name -> names.define(name, Optional.empty()));
                    yield Optional.empty();
                }
            };
        }
        return value;
    }

    private LayerArguments read(Keyword keyword, Arguments given, Arguments defaults, SourceSpan span, Scope scope) {
        budget.spendSteps(given.size() + defaults.size() + 1, span);
        return LayerArguments.read(keyword, given, defaults, span, scope.variables(), diagnostics);
    }

    /** What a layer reads: the layer that it names, or else the one before. */
    private Optional<Node> source(LayerArguments arguments, Optional<Node> previous) {
        Optional<String> reference = arguments.find(LayerAttributes.INPUT);
        return reference.isEmpty() ? previous : names.resolve(reference.get(), arguments.span(LayerAttributes.INPUT));
    }

    private LayerName claim(LayerArguments arguments, String word, Scope scope) {
        String name = arguments.find(LayerAttributes.NAME).orElseGet(() -> names.derive(scope, word));
        return names.claim(name, arguments.span(LayerAttributes.NAME), scope);
    }

    private Optional<Node> operator(OperatorCall call, Optional<Node> previous, Scope scope) {
        Operator operator = call.operator();
        LayerArguments arguments = read(operator, call.arguments(), spec.defaultsOf(operator), call.span(), scope);
        List<Node> inputs = inputs(arguments, previous);
        LayerName name = claim(arguments, operator.word(), scope);
        Optional<Node> node = Optional.empty();
        if (arguments.isComplete() && inputs.isEmpty()) {
            assembly.check(name.node(), operator.word(), () -> operator.check(arguments), arguments::placeOf);
        } else if (arguments.isComplete()) {
            node = assembly.add(name.node(), operator.word(),
                    types -> operator.create(arguments, site(types, name, call.span())), inputs, call.span(),
                    arguments::placeOf);
        }
        Optional<Node> result = activate(arguments, name, node, scope);
        names.define(name.layer(), result);
        return result;
    }

    private LayerSite site(List<TensorType> inputs, LayerName name, SourceSpan span) {
        return new LayerSite(inputs, Lowering.convention(spec), weights, name.layer(), span);
    }

    /** All that a layer reads; empty if one of it is not known. */
    private List<Node> inputs(LayerArguments arguments, Optional<Node> previous) {
        Optional<List<Reference>> references = arguments.find(LayerAttributes.INPUTS);
        if (references.isEmpty()) {
            return source(arguments, previous).map(List::of).orElse(List.of());
        }
        budget.spendSteps(references.get().size(), arguments.span());
        List<Node> nodes = references.get().stream()
                .flatMap(reference -> names.resolve(reference.name(), reference.value().span()).stream()).toList();
        return nodes.size() == references.get().size() ? nodes : List.of();
    }

    private Optional<Node> activate(LayerArguments arguments, LayerName name, Optional<Node> node, Scope scope) {
        Optional<Operator> activation = arguments.find(Activations.ACTIVATION).flatMap(Activations::named);
        if (activation.isEmpty()) {
            return node;
        }
        SourceSpan span = arguments.span(Activations.ACTIVATION);
        LayerName activationName = names.claim(name.activation().layer(), span, scope);
        if (node.isEmpty()) {
            assembly.check(activationName.node(), activation.get().word(),
                    () -> activation.get().check(AttributeValues.DEFAULTS), _ -> span);
        }
        Optional<Node> result = node.flatMap(
                linear -> assembly.add(activationName.node(), activation.get().word(),
                        types -> activation.get().create(AttributeValues.DEFAULTS, site(types, activationName, span)),
                        List.of(linear), span, _ -> span));
        names.define(activationName.layer(), result);
        return result;
    }

    private Optional<Node> repeat(Repeat repeat, Optional<Node> input, Scope scope) {
        LayerArguments arguments = read(Structure.REPEAT, repeat.arguments(), Arguments.NONE, repeat.span(), scope);
        Optional<String> index = arguments.find(LayerAttributes.INDEX);
        if (index.isPresent() && scope.variables().contains(index.get())) {
            diagnostics.report(DiagnosticCode.E109, arguments.span(LayerAttributes.INDEX),
                    "index '" + index.get() + "' hides a variable of that name",
                    "give the index another name");
        }
        if (!arguments.isComplete()) {
            return Optional.empty();
        }
        return arguments.get(LayerAttributes.REPEAT_WEIGHTS).equals("shared")
                ? repeatShared(repeat, arguments, input, scope)
                : repeatFresh(repeat, arguments, input, scope);
    }

    private Optional<Node> repeatFresh(Repeat repeat, LayerArguments arguments, Optional<Node> input, Scope scope) {
        Optional<String> index = arguments.find(LayerAttributes.INDEX);
        Optional<Node> value = input;
        for (long pass = 0; pass < arguments.get(LayerAttributes.REPEAT) && !budget.isSpent(); pass++) {
            budget.spendSteps(1, repeat.span());
            long count = arguments.get(LayerAttributes.FROM) + pass * arguments.get(LayerAttributes.STEP);
            Variables variables = index.map(name -> scope.variables().withIndex(name, count)).orElse(scope.variables());
            value = unfold(repeat.layers(), value, scope.inside(segment(count, scope)).withVariables(variables));
        }
        return value;
    }

    /** The part of a path that a pass of a repeat adds; a name never begins with a digit. */
    private static String segment(long count, Scope scope) {
        String digits = count < 0 ? "minus_" + -count : Long.toString(count);
        return scope.path().isEmpty() ? "repeat_" + digits : digits;
    }

    private Optional<Node> repeatShared(Repeat repeat, LayerArguments arguments, Optional<Node> input, Scope scope) {
        int derivedCount = names.derivedCount();
        Optional<Node> value = input;
        for (int pass = 0; pass < arguments.get(LayerAttributes.REPEAT) && !budget.isSpent(); pass++) {
            if (input.isPresent() && value.isPresent() && !hasChannelsOf(input.get().type(), value.get().type())) {
                diagnostics.report(DiagnosticCode.E204, repeat.span(),
                        "layers that share weights read " + input.get().type() + " on the first pass and "
                                + value.get().type() + " on the next",
                        "they must yield as many channels as they read, or have fresh weights");
                return Optional.empty();
            }
            budget.spendSteps(1, repeat.span());
            names.rewind(derivedCount);
            value = unfold(repeat.layers(), value, pass == 0 ? scope : scope.replayed());
        }
        return value;
    }

    private static boolean hasChannelsOf(TensorType expected, TensorType actual) {
        return expected.flat() == actual.flat() && expected.channels() == actual.channels();
    }

    private Optional<Node> block(BlockCall call, Optional<Node> previous, Scope scope) {
        LayerArguments arguments = read(Structure.BLOCK, call.arguments(), Arguments.NONE, call.span(), scope);
        Optional<Node> input = source(arguments, previous);
        Optional<BlockCalls.Entered> entered = arguments.find(LayerAttributes.BLOCK).flatMap(
                name -> blockCalls.enter(name, call, arguments.span(LayerAttributes.BLOCK), scope, budget));
        if (entered.isEmpty() || !arguments.isComplete()) {
            return Optional.empty();
        }
        String path = arguments.find(LayerAttributes.SCOPE_NAME)
                .orElseGet(() -> names.derive(scope, entered.get().block().name()));
        return unfold(entered.get().block().layers(), input,
                scope.withPath(path).withVariables(entered.get().parameters()).inBlock(entered.get().block().name()));
    }

    private Optional<Node> residual(Residual residual, Optional<Node> previous, Scope scope) {
        LayerArguments arguments =
                read(Structure.RESIDUAL, residual.arguments(), Arguments.NONE, residual.span(), scope);
        Optional<Node> input = source(arguments, previous);
        Optional<Node> body = unfold(residual.body(), input, scope);
        Optional<Node> shortcut =
                residual.shortcut().map(layers -> unfold(layers, input, scope.inside("shortcut"))).orElse(input);
        LayerName name = claim(arguments, Merges.ADD.word(), scope);
        Optional<Node> sum = Optional.empty();
        if (arguments.isComplete() && body.isPresent() && shortcut.isPresent()) {
            ResidualTypes types =
                    new ResidualTypes(body.get().type(), shortcut.get().type(), residual.shortcut().isPresent());
            sum = assembly.add(name.node(), Structure.RESIDUAL.word(), _ -> types.sum(),
                    List.of(body.get(), shortcut.get()), residual.span(),
                    _ -> residual.span());
        }
        names.define(name.layer(), sum);
        return sum;
    }

    private Optional<Node> branches(Branches branches, Optional<Node> previous, Scope scope) {
        LayerArguments arguments =
                read(Structure.BRANCHES, branches.arguments(), Arguments.NONE, branches.span(), scope);
        Optional<Node> input = source(arguments, previous);
        List<Node> results = new ArrayList<>();
        for (int path = 0; path < branches.paths().size(); path++) {
            unfold(branches.paths().get(path), input, scope.inside("branch_" + (path + 1))).ifPresent(results::add);
        }
        Operator merge =
                arguments.find(Merges.MERGE).or(Merges.MERGE::defaultValue).flatMap(Operators::of).orElseThrow();
        LayerName name = claim(arguments, merge.word(), scope);
        Optional<Node> merged = arguments.isComplete() && results.size() == branches.paths().size()
                ? assembly.add(name.node(), Structure.BRANCHES.word(),
                        types -> merge.create(AttributeValues.DEFAULTS, site(types, name, branches.span())), results,
                        branches.span(), _ -> branches.span())
                : Optional.empty();
        names.define(name.layer(), merged);
        return merged;
    }
}
