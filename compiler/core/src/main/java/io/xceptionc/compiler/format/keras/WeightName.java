package io.xceptionc.compiler.format.keras;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a weight in a legacy file, such as {@code block1_conv1/kernel:0}, taken apart.
 *
 * @param scope what stands before the last slash, without what stands before the slash before that; empty if there is
 *        none
 * @param weight what it is to its layer, by the names of Keras 2
 */
record WeightName(String scope, String weight) {

    /** Keras 1 and its Theano; its {@code running_std} holds variances. */
    private static final Map<String, String> NEWER_NAMES = Map.of("W", "kernel", "b", "bias", "running_mean",
            "moving_mean", "running_std", "moving_variance");

    private static final String KNOWN = "(depthwise_kernel|pointwise_kernel|kernel|bias|gamma|beta|moving_mean"
            + "|moving_variance|running_mean|running_std|W|b)(?:_\\d+)?";

    /** In the scope of its layer. */
    private static final Pattern SCOPED = Pattern.compile(KNOWN);

    /** Behind the name of its layer. */
    private static final Pattern PREFIXED = Pattern.compile("(?:.*?_)?" + KNOWN);

    private static final Pattern TENSORFLOW_OUTPUT = Pattern.compile(":\\d+$");

    /** Of a name; the layer's own name may stand before the weight's, as in {@code block1_conv1_W_1:0}. */
    static WeightName of(String name) {
        String plain = TENSORFLOW_OUTPUT.matcher(name).replaceFirst("");
        int slash = plain.lastIndexOf('/');
        String before = plain.substring(0, Math.max(slash, 0));
        String scope = before.substring(before.lastIndexOf('/') + 1);
        String last = plain.substring(slash + 1);
        Matcher known = (slash < 0 ? PREFIXED : SCOPED).matcher(last);
        String weight = known.matches() ? known.group(1) : last;
        return new WeightName(scope, NEWER_NAMES.getOrDefault(weight, weight));
    }
}
