package io.xceptionc.compiler.raise;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds names that say what blocks consist of. */
final class BlockNames {

    private static final int MOST_WORDS = 4;

    private static final Map<String, String> SHORT = Map.of("conv2d", "conv", "depthwise_conv2d", "depthwise",
            "separable_conv2d", "sepconv", "batch_norm", "bn", "max_pool2d", "pool", "avg_pool2d", "pool");

    private BlockNames() {}

    /** {@code conv_bn_relu}, or {@code residual_block} for a single structure, or {@code unit} for what is longer. */
    static String of(List<Phrase> phrases) {
        if (phrases.size() == 1) {
            Phrase only = phrases.getFirst();
            boolean hasShortcut = only.lists().stream().anyMatch(section -> section.key().equals("shortcut"));
            return hasShortcut ? "projection_block" : only.word() + "_block";
        }
        return phrases.size() > MOST_WORDS || phrases.stream().anyMatch(phrase -> !phrase.lists().isEmpty())
                ? "unit"
                : phrases.stream().map(phrase -> SHORT.getOrDefault(phrase.word(), phrase.word()))
                        .collect(Collectors.joining("_"));
    }
}
