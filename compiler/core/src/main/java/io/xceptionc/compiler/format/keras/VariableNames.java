package io.xceptionc.compiler.format.keras;

import java.util.ArrayList;
import java.util.List;

/**
 * What the variables of a layer are that Keras 3 stores by number only: those that are trained, then the others, each
 * in the order in which the layer makes them in {@code build}.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/layers/layer.py">Layer.save_own_variables</a>
 */
final class VariableNames {

    private static final String DEPTHWISE = "depthwise_conv2d";

    private VariableNames() {}

    /**
     * The names of the variables of a layer.
     *
     * @param directory its class, as directories are called
     * @param config its attributes, if they are known
     * @param count how many it has
     */
    static List<String> of(String directory, Json config, int count) {
        List<String> names = new ArrayList<>(switch (directory) {
            case "conv2d", "conv2d_transpose", "dense" -> List.of("kernel", "bias");
            case DEPTHWISE -> List.of("depthwise_kernel", "bias");
            case "separable_conv2d" -> List.of("depthwise_kernel", "pointwise_kernel", "bias");
            case "batch_normalization" -> batchNorm(config, count);
            case "p_re_lu" -> List.of("alpha");
            case "layer_normalization", "group_normalization" -> norm(config, count);
            case "rms_normalization", "layer_scale" -> List.of("gamma");
            case "normalization" -> List.of("mean", "variance", "count");
            default -> List.of();
        });
        for (int i = names.size(); i < count; i++) {
            names.add(Integer.toString(i));
        }
        return names.subList(0, count);
    }

    /** With one alone, it rather is the scale. */
    private static List<String> norm(Json config, int count) {
        boolean scale = config.get("scale").truth().orElse(true) && count > 0;
        return count == 1 ? List.of(scale ? "gamma" : "beta") : List.of("gamma", "beta");
    }

    /**
     * With scale and center four, without one of them three; if the config does not say which, it rather is the scale.
     */
    private static List<String> batchNorm(Json config, int count) {
        boolean scale = config.get("scale").truth().orElse(count == 4);
        boolean center = config.get("center").truth().orElse(count >= 3);
        List<String> names = new ArrayList<>();
        if (scale) {
            names.add("gamma");
        }
        if (center) {
            names.add("beta");
        }
        names.addAll(List.of("moving_mean", "moving_variance"));
        return names;
    }

    /**
     * The name of a weight here: that which Keras 2 gave it, from which Keras 3 departs at depthwise convolutions. The
     * only weight of a LayerScale has none.
     */
    static String canonical(String directory, String weight) {
        if (directory.equals("layer_scale") && weight.matches("(?i)variable(_\\d+)?")) {
            return "gamma";
        }
        if (directory.equals("rms_normalization") && weight.equals("scale")) {
            return "gamma";
        }
        return directory.equals(DEPTHWISE) && weight.equals("kernel") ? "depthwise_kernel" : weight;
    }
}
