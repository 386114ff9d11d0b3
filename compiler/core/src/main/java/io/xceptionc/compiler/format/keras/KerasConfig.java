package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The config of a model, from which Keras builds it anew.
 *
 * @param className {@code Functional}, {@code Sequential}, or {@code Model} as Keras 1 and early 2 called functional
 *        ones; anything else is a class of the user's
 * @param name the model's name
 * @param config its other attributes
 * @param layers its layers, in Keras' order
 */
public record KerasConfig(String className, String name, Json config, List<KerasLayer> layers) {

    /** The epsilon of batch norms that do not say another. */
    private static final double DEFAULT_EPSILON = 1e-3;

    /** What Keras 2 calls layers of its own applications that are registered as a user's are. */
    private static final Pattern REGISTERED =
            Pattern.compile("^Custom>(CustomScaleLayer|LayerScale|FixedDropout)$");

    private static final Set<String> MODELS = Set.of("Functional", "Sequential", "Model");

    /** Models in models in models; nobody goes further than two or three. */
    private static final int DEEPEST = 20;

    private static final int MOST_LAYERS = 100_000;

    public KerasConfig {
        layers = List.copyOf(layers);
    }

    /** Whether a class is that of a model, whose layers the config names. */
    static boolean isModel(String className) {
        return MODELS.contains(className);
    }

    /**
     * Reads a config.
     *
     * @param file where it is from, for messages
     * @throws InvalidInputException if it is no model's
     */
    static KerasConfig of(MappedFile file, Json model) throws InvalidInputException {
        String className = model.get("class_name").text().orElse("");
        Json config = model.get("config");
        if (className.isEmpty() || !config.isPresent()) {
            throw file.damaged("has a config that is not that of a model", KerasFile.HELP);
        }
        return new KerasConfig(className, config.get("name").text().orElse("model"), config,
                layers(file, config, new int[1], 0));
    }

    /** Keras 1 has the layers of a sequential model in place of its config. */
    private static List<KerasLayer> layers(MappedFile file, Json config, int[] count, int depth)
            throws InvalidInputException {
        Json list = config.isList() ? config : config.get("layers");
        List<KerasLayer> layers = new ArrayList<>();
        for (Json layer : list.elements()) {
            Json ownConfig = layer.get("config");
            String className = REGISTERED.matcher(layer.get("class_name").text().orElse("")).replaceFirst("$1");
            String name = layer.get("name").text().or(() -> ownConfig.get("name").text()).orElse("");
            if (className.isEmpty() || name.isEmpty()) {
                throw file.damaged("has a config with a layer without class or name", KerasFile.HELP);
            }
            if (depth == DEEPEST || ++count[0] > MOST_LAYERS) {
                throw file.damaged("has a config with too many models inside of models, or too many layers, at "
                        + Quotation.of(name), KerasFile.HELP);
            }
            layers.add(new KerasLayer(name, className, layer.get("module").text().orElse(""), ownConfig,
                    layer.get("inbound_nodes"),
                    isModel(className) ? layers(file, ownConfig, count, depth + 1) : List.of()));
        }
        return layers;
    }

    /** The epsilons of all batch norms by their names. */
    Map<String, Double> epsilons() {
        Map<String, Double> epsilons = new LinkedHashMap<>();
        collectEpsilons(layers, epsilons);
        return epsilons;
    }

    private static void collectEpsilons(List<KerasLayer> layers, Map<String, Double> epsilons) {
        for (KerasLayer layer : layers) {
            if (layer.className().equals("BatchNormalization")) {
                epsilons.put(layer.name(), layer.config().get("epsilon").number().orElse(DEFAULT_EPSILON));
            }
            collectEpsilons(layer.layers(), epsilons);
        }
    }
}
