package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import io.xceptionc.compiler.weights.bind.BindingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A network as its spec says, to be interpreted layer by layer: what compiled models are verified against.
 *
 * @param specFile the file that the text is said to come from
 * @param specText the spec
 * @param weights the weights' file; weights are drawn if there is none
 * @param seed what drawn weights are drawn from
 * @param binding how the tensors of the weights' file find their layers
 * @param input height and width in place of the spec's
 */
public record LayerValues(
        Path specFile,
        String specText,
        Optional<Path> weights,
        long seed,
        BindingOptions binding,
        Optional<ImageSize> input) {

    /**
     * Interprets the network in double precision, without any pass.
     *
     * @param image {@code [height, width, channels]}
     * @param visitor is given each layer's name and what it yields, row-major
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     */
    public void visit(float[] image, BiConsumer<String, double[]> visitor) throws InvalidInputException {
        FrontEnd front = FrontEnd.parse(specFile, specText, new Diagnostics());
        LoweredNetwork network = weights.isEmpty()
                ? front.seededWithoutLabels(input, seed)
                : front.bound(input, weights.get(), binding).network();
        ReferenceInterpreter.visit(network.graph(), image, (node, elements) -> visitor.accept(node.name(), elements));
    }
}
