package io.xceptionc.compiler.weights.bind;

import static java.util.stream.Collectors.joining;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the epsilons of a network's batch norms with those that its weights were trained with. What the file does
 * not tell is taken to be usual where it comes from, if that is not where the spec's names come from, or if the user
 * has said where; else the spec knows better.
 */
final class EpsilonCheck {

    /** Smaller differences come from rounding to {@code float}. */
    private static final double RELATIVE_TOLERANCE = 1e-6;

    private final TensorSource source;
    private final Assignment assignment;
    private final Diagnostics diagnostics;

    EpsilonCheck(TensorSource source, Assignment assignment, Diagnostics diagnostics) {
        this.source = source;
        this.assignment = assignment;
        this.diagnostics = diagnostics;
    }

    /**
     * Two epsilons of one batch norm.
     *
     * @param here the network's
     * @param there that of the weights' source
     * @param isTold whether the file says so
     */
    private record Epsilons(double here, double there, boolean isTold) {

        boolean differ() {
            return Math.abs(here - there) > RELATIVE_TOLERANCE * Math.max(here, there);
        }
    }

    /** Reports each difference once, and says what epsilon is taken; empty if there are no batch norms. */
    Optional<String> report(List<Node> layers) {
        Map<Epsilons, List<Node>> groups = new LinkedHashMap<>();
        Map<String, Double> told = told();
        for (Node node : layers) {
            if (node.op() instanceof BatchNorm norm) {
                groups.computeIfAbsent(epsilons(norm.epsilon(), Optional.ofNullable(told.get(layer(node)))),
                        _ -> new ArrayList<>()).add(node);
            }
        }
        groups.entrySet().stream().filter(group -> group.getKey().differ())
                .forEach(group -> report(group.getKey(), new NodeList("batch norm", group.getValue())));
        return groups.isEmpty() ? Optional.empty() : Optional.of(describe(List.copyOf(groups.keySet())));
    }

    private Epsilons epsilons(double here, Optional<Double> told) {
        double usual = assignment.isFromElsewhere() ? assignment.profile().epsilon() : here;
        return new Epsilons(here, told.orElse(usual), told.isPresent());
    }

    private void report(Epsilons epsilons, NodeList nodes) {
        String there = number(epsilons.there);
        diagnostics.report(DiagnosticCode.W302, nodes.first().span(),
                nodes.subject("has", "have") + " the epsilon " + number(epsilons.here) + ", but "
                        + (epsilons.isTold
                                ? source.name() + " says " + there
                                : "weights of " + assignment.profile().label() + " are mostly trained with " + there)
                        + nodes.names(),
                "write epsilon: " + there + " in the spec" + (epsilons.isTold ? "" : " if these were"));
    }

    private static String describe(List<Epsilons> groups) {
        String values = groups.stream().map(each -> number(each.here)).distinct().collect(joining(" and "));
        boolean isTold = groups.stream().allMatch(each -> each.isTold && !each.differ());
        return "epsilon " + values + (isTold ? " as the file says" : " as the spec says");
    }

    /** What the file tells, by the names that the network's layers have. */
    private Map<String, Double> told() {
        Map<String, Double> ofFile = source.epsilons();
        Map<String, Double> told = new HashMap<>();
        for (Binding binding : assignment.bindings()) {
            String name = binding.tensor().name();
            int end = Math.max(name.lastIndexOf('/'), name.lastIndexOf('.'));
            if (binding.wanted().role() == TensorRole.MOVING_MEAN && end > 0
                    && ofFile.containsKey(name.substring(0, end))) {
                told.put(binding.wanted().layer(), ofFile.get(name.substring(0, end)));
            }
        }
        return told;
    }

    /** The name that a node's weights have: without the mark of a repetition. */
    private static String layer(Node node) {
        int end = node.name().indexOf('@');
        return end < 0 ? node.name() : node.name().substring(0, end);
    }

    private static String number(double value) {
        return Float.toString((float) value).replace(".0E", "e").replace('E', 'e');
    }
}
