package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.Json;
import io.xceptionc.compiler.format.keras.KerasLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One use of a layer, of which it may have several.
 *
 * @param layer the layer
 * @param index of the use
 * @param inputs whose results it reads
 * @param training the argument {@code training} of the call; empty if it is left to whoever calls the model
 * @param arguments what it is called with
 */
record LayerCall(
        KerasLayer layer,
        int index,
        List<Source> inputs,
        Optional<Boolean> training,
        CallArguments arguments) {

    private static final String TRAINING = "training";

    LayerCall {
        inputs = List.copyOf(inputs);
    }

    /**
     * The result of a use of a layer.
     *
     * @param layer its name
     * @param index of the use
     */
    record Source(String layer, int index) {

        /** Of {@code [name, index of the use, index of the result, ...]}. */
        static Source of(Json reference) throws CannotImportException {
            if (reference.get(0).text().isEmpty() || reference.get(1).integer().isEmpty()
                    || reference.get(2).integer().isEmpty() || reference.get(2).integer().get() != 0) {
                throw new CannotImportException("what it reads is not given by a layer's name and two numbers", "");
            }
            return new Source(reference.get(0).text().get(), reference.get(1).integer().get());
        }
    }

    /** The result of this use. */
    Source result() {
        return new Source(layer.name(), index);
    }

    /** All uses of a layer, in order. */
    static List<LayerCall> of(KerasLayer layer) throws CannotImportException {
        List<LayerCall> calls = new ArrayList<>();
        for (Json node : layer.inboundNodes().elements()) {
            CallArguments.Reader reader = new CallArguments.Reader(Operations.isOperation(layer));
            CallArguments arguments = node.isList() ? reader.listed(node) : reader.named(node);
            calls.add(new LayerCall(layer, calls.size(), reader.sources(), training(node), arguments));
        }
        return calls;
    }

    /** The same, but reading other results. */
    LayerCall withInputs(List<Source> next) {
        return new LayerCall(layer, index, next, training, arguments);
    }

    /**
     * Keras 2 writes the arguments beside the first result that is read, Keras 3 by themselves; it may have no keyword.
     */
    private static Optional<Boolean> training(Json node) {
        if (node.isList()) {
            return truth((node.get(0).text().isPresent() ? node : node.get(0)).get(3).get(TRAINING));
        }
        return truth(node.get("kwargs").get(TRAINING)).or(() -> truth(node.get("args").get(1)));
    }

    /** As Python has it: also of numbers, and true for what is neither empty nor nothing. */
    private static Optional<Boolean> truth(Json value) {
        return value.isPresent()
                ? Optional.of(value.truth().orElse(value.number().map(number -> number != 0).orElse(true)))
                : Optional.empty();
    }
}
