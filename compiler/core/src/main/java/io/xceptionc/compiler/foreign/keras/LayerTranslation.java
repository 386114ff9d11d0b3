package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import java.util.List;
import java.util.Optional;

/** What becomes of a kind of layers. */
@FunctionalInterface
interface LayerTranslation {

    /**
     * The node of a layer's result; empty if it does not fit its inputs, which is reported then.
     *
     * @param name what its node shall be called
     * @param inputs what it reads
     */
    Optional<Node> translate(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException, InvalidInputException;
}
