package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.language.attribute.Pair;
import java.util.Optional;

/**
 * The attributes of a layer, each with what Keras takes it for where the config does not say.
 *
 * @param config the layer's config
 */
record Attributes(Json config) {

    /** As large as any axis of a kernel. */
    static final int LARGEST_SIZE = 1 << 15;

    static Attributes of(KerasLayer layer) {
        return new Attributes(layer.config());
    }

    /** A number of channels, which must be there. */
    int count(String name) throws CannotImportException {
        int count = config.get(name).integer().orElse(0);
        if (count < 1) {
            throw new CannotImportException("its " + name + " is missing or no positive whole number", "");
        }
        return count;
    }

    /** A number of channels, or one if there is none. */
    int countOrOne(String name) throws CannotImportException {
        return config.get(name).isPresent() ? count(name) : 1;
    }

    /** Two sizes, given as a pair or as one number for both. */
    Pair pair(String name, Pair otherwise) throws CannotImportException {
        Json value = config.get(name);
        if (!value.isPresent()) {
            return otherwise;
        }
        boolean single = !value.isList() || value.elements().size() == 1;
        Json first = value.isList() ? value.get(0) : value;
        Json second = single ? first : value.get(1);
        int height = first.integer().orElse(0);
        int width = second.integer().orElse(0);
        if (height < 1 || width < 1 || height > LARGEST_SIZE || width > LARGEST_SIZE || value.elements().size() > 2) {
            throw new CannotImportException("its " + name + " is no pair of sizes", "");
        }
        return new Pair(height, width);
    }

    /** Two numbers from 0 on, given as a pair or as one number for both; none if they are not given. */
    Optional<Pair> pairFromZero(String name) throws CannotImportException {
        Json value = config.get(name);
        if (!value.isPresent()) {
            return Optional.empty();
        }
        int height = (value.isList() ? value.get(0) : value).integer().orElse(-1);
        int width = (value.isList() ? value.get(value.elements().size() - 1) : value).integer().orElse(-1);
        if (height < 0 || width < 0 || Math.max(height, width) > LARGEST_SIZE || value.elements().size() > 2) {
            throw new CannotImportException("its " + name + " is no pair of numbers", "");
        }
        return Optional.of(new Pair(height, width));
    }

    boolean truth(String name, boolean otherwise) {
        return config.get(name).truth().orElse(otherwise);
    }

    double number(String name, double otherwise) throws CannotImportException {
        Json value = config.get(name);
        if (!value.isPresent()) {
            return otherwise;
        }
        return value.number().filter(Double::isFinite)
                .orElseThrow(() -> new CannotImportException("its " + name + " is no number", ""));
    }

    /** Whether padding is {@code same}, else {@code valid}. */
    boolean padsSame() throws CannotImportException {
        String padding = config.get("padding").text().orElse("valid");
        if (!padding.equals("same") && !padding.equals("valid")) {
            throw new CannotImportException("its padding is " + Quotation.of(padding) + ", not same or valid", "");
        }
        return padding.equals("same");
    }

    /** Refuses images whose channels come before their pixels. */
    void requireChannelsLast() throws CannotImportException {
        if (config.get("data_format").text().orElse("channels_last").equals("channels_first")) {
            throw new CannotImportException("it takes images with channels first",
                    "build the model with data_format='channels_last' and load its weights");
        }
    }

    /** Refuses an axis other than that of the channels, the last of so many with the batch. */
    void requireLastAxis(int otherwise, int rank) throws CannotImportException {
        Json value = config.get("axis");
        Json first = value.isList() ? value.get(0) : value;
        int axis = first.integer().orElse(otherwise);
        if (value.elements().size() > 1 || (axis != -1 && axis != rank - 1)) {
            throw new CannotImportException("its axis is " + (value.isList() ? "of several or " : "") + axis
                    + ", not that of the channels", "");
        }
    }
}
