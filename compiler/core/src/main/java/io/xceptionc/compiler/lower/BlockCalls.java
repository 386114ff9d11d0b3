package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.spec.Block;
import io.xceptionc.compiler.spec.Block.Parameter;
import io.xceptionc.compiler.spec.LayerSyntax.BlockCall;
import io.xceptionc.compiler.spec.Spec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds blocks and binds their parameters. */
final class BlockCalls {

    /**
     * A block and the values of its parameters.
     *
     * @param block the block
     * @param parameters what its layers can use
     */
    record Entered(Block block, Variables parameters) {}

    private static final int MOST_LISTED = 10;

    private final Spec spec;
    private final Diagnostics diagnostics;
    private final BoundedSuggestions suggestions = new BoundedSuggestions();
    private final Set<String> called = new HashSet<>();

    BlockCalls(Spec spec, Diagnostics diagnostics) {
        this.spec = spec;
        this.diagnostics = diagnostics;
    }

    /**
     * The block that a call names; empty, and reported, if there is none, if it contains the call, or at wrong
     * parameters.
     */
    Optional<Entered> enter(String name, BlockCall call, SourceSpan nameSpan, Scope scope, Budget budget) {
        Block block = spec.blocks().get(name);
        if (block == null) {
            diagnostics.report(DiagnosticCode.E108, nameSpan, "there is no block " + Quotation.of(name),
                    suggestions.didYouMean(name, spec.blocks().keySet(), "define it under blocks:"));
            return Optional.empty();
        }
        called.add(name);
        if (scope.activeBlocks().contains(name)) {
            List<String> circle =
                    scope.activeBlocks().subList(scope.activeBlocks().indexOf(name), scope.activeBlocks().size());
            diagnostics.report(DiagnosticCode.E110, nameSpan,
                    "block '" + name + "' contains itself: " + String.join(" -> ", circle) + " -> " + name,
                    "use repeat for layers that come several times");
            return Optional.empty();
        }
        budget.spendSteps(size(block, call), call.span());
        if (budget.isSpent()) {
            return Optional.empty();
        }
        return parameters(block, call, scope.variables()).map(variables -> new Entered(block, variables));
    }

    private static int size(Block block, BlockCall call) {
        return call.parameters().stream().mapToInt(entry -> entry.value().size()).sum()
                + block.parameters().stream().mapToInt(parameter -> parameter.byDefault().map(Value::size).orElse(1))
                        .sum();
    }

    private Optional<Variables> parameters(Block block, BlockCall call, Variables variables) {
        Set<String> names = block.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        Map<String, Value> given = given(block, call, names);
        Map<String, Value> values = new HashMap<>();
        boolean complete = true;
        for (Parameter parameter : block.parameters()) {
            Value own = given.get(parameter.name());
            Optional<Value> value =
                    own == null ? byDefault(block, parameter, call.span()) : variables.substitute(own, diagnostics);
            value.ifPresent(known -> values.put(parameter.name(), known));
            complete &= value.isPresent();
        }
        return complete ? Optional.of(Variables.ofParameters(values)) : Optional.empty();
    }

    /** What a call gives for parameters; a name that is nearly that of a parameter is reported and taken for it. */
    private Map<String, Value> given(Block block, BlockCall call, Set<String> names) {
        Map<String, Value> given = new HashMap<>();
        call.parameters().stream().filter(entry -> names.contains(entry.key().text()))
                .forEach(entry -> given.put(entry.key().text(), entry.value()));
        for (Value.Entry entry : call.parameters()) {
            String name = entry.key().text();
            if (!names.contains(name)) {
                diagnostics.report(DiagnosticCode.E103, entry.key().span(),
                        "block '" + block.name() + "' has no parameter " + Quotation.of(name),
                        suggestions.didYouMean(name, names,
                                names.isEmpty() ? "it has none" : "it has " + list(block)));
                suggestions.nearest(name, names).ifPresent(near -> given.putIfAbsent(near, entry.value()));
            }
        }
        return given;
    }

    private static String list(Block block) {
        return block.parameters().stream().limit(MOST_LISTED).map(Parameter::name).collect(Collectors.joining(", "));
    }

    private Optional<Value> byDefault(Block block, Parameter parameter, SourceSpan span) {
        if (parameter.byDefault().isEmpty()) {
            diagnostics.report(DiagnosticCode.E104, span,
                    "block '" + block.name() + "' needs a value for '" + parameter.name() + "'",
                    "add with: {" + parameter.name() + ": ...}");
            return Optional.empty();
        }
        return Variables.NONE.substitute(parameter.byDefault().get(), diagnostics);
    }

    /** Warns of each block that is never called. */
    void reportUncalled() {
        spec.blocks().values().stream().filter(block -> !called.contains(block.name()))
                .forEach(block -> diagnostics.report(DiagnosticCode.W201,
                        block.span(), "block '" + block.name() + "' is never used, so its layers are not checked",
                        "use it as {block: " + block.name() + "}, or remove it"));
    }
}
