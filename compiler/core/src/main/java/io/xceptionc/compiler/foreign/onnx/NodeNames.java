package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.format.onnx.OnnxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names layers after their weights, as frameworks do, else after the nodes. */
final class NodeNames {

    /**
     * What follows a layer's name in the names of its weights, and in its own; the halves of separable convolutions are
     * called {@code conv1} and {@code pointwise}, as in PyTorch.
     */
    private static final Map<String, String> SUFFIXES = Map.of(".weight", "", "/kernel", "", "/gamma", "",
            "/depthwise_kernel", ".conv1", "/pointwise_kernel", ".pointwise");

    private static final Pattern LAYER_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*([./][A-Za-z0-9_]+)*");
    private static final Set<String> WITH_WEIGHTS =
            Set.of("Conv", "Gemm", "MatMul", "BatchNormalization");

    private final Set<String> taken = new HashSet<>(Set.of("input", "output"));

    /** A name for what a node computes, which no other has. */
    String of(OnnxNode node) {
        return unique(ofWeights(node).or(() -> ofNode(node)).orElse(node.operator().toLowerCase(Locale.ROOT)));
    }

    private String unique(String name) {
        String candidate = name;
        for (int n = 2; !taken.add(candidate); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }

    private Optional<String> ofWeights(OnnxNode node) {
        if (!WITH_WEIGHTS.contains(node.operator()) || node.inputs().size() < 2) {
            return Optional.empty();
        }
        String tensor = node.inputs().get(1);
        return SUFFIXES.entrySet().stream().filter(entry -> tensor.endsWith(entry.getKey()))
                .map(entry -> tensor.substring(0, tensor.length() - entry.getKey().length()) + entry.getValue())
                .filter(name -> LAYER_NAME.matcher(name).matches()).findFirst();
    }

    /** {@code /block1/rep/rep.0/conv1/Conv}, as PyTorch has it, is {@code block1.rep.0.conv1}. */
    private static Optional<String> ofNode(OnnxNode node) {
        Matcher numbered = Pattern.compile(Pattern.quote("/" + node.operator()) + "(_[0-9]+)?$").matcher(node.name());
        if (!node.name().startsWith("/") || !numbered.find()) {
            return Optional.of(node.name()).filter(name -> LAYER_NAME.matcher(name).matches());
        }
        StringBuilder name = new StringBuilder();
        String before = "";
        for (String part : List.of(node.name().substring(0, numbered.start()).split("/"))) {
            boolean repeats = !before.isEmpty() && part.startsWith(before + ".");
            String next = repeats ? part.substring(before.length()) : part;
            name.append(name.isEmpty() || repeats || next.isEmpty() ? "" : ".").append(next);
            before = part;
        }
        String own = node.operator().toLowerCase(Locale.ROOT);
        String whole = WITH_WEIGHTS.contains(node.operator()) || name.isEmpty() ? name.toString() : name + "." + own;
        return Optional.of(whole).filter(text -> LAYER_NAME.matcher(text).matches());
    }
}
