package io.xceptionc.compiler.format.keras;

import java.util.List;
import java.util.Locale;

/**
 * A layer as the config of a model describes it.
 *
 * @param name its name in the model that it is part of
 * @param className what it is, such as {@code Conv2D}
 * @param module the Python module of its class, such as {@code keras.layers}; empty if the config does not say
 * @param config its attributes
 * @param inboundNodes the layers whose results it reads, for each time that it is called
 * @param layers its own layers, if it is a model
 */
public record KerasLayer(
        String name,
        String className,
        String module,
        Json config,
        Json inboundNodes,
        List<KerasLayer> layers) {

    public KerasLayer {
        layers = List.copyOf(layers);
    }

    /** Whether it is a model inside of a model. */
    public boolean isModel() {
        return KerasConfig.isModel(className);
    }

    /** The same with other attributes. */
    public KerasLayer withConfig(Json next) {
        return new KerasLayer(name, className, module, next, inboundNodes, layers);
    }

    /**
     * The name of its class as Keras 3 makes a directory of it.
     *
     * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/utils/naming.py">to_snake_case</a>
     */
    String directory() {
        return className.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
