package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.List;
import java.util.Optional;

/**
 * Why the layers of a file are not those of a network by order and shape.
 *
 * @param span the place of the first layer that has no counterpart; empty if the file has one layer too many
 * @param message what the network wants there and what the file has, after the words that it cannot be bound
 * @param help a way out
 */
record Misfit(Optional<SourceSpan> span, String message, String help) {

    private static final String HELP =
            "say which is which under `weights: {rename: ...}` in the spec, or look for the weights of this very network";

    /**
     * The first place where the two differ.
     *
     * @param network its layers that are not known by name
     * @param file the layers of the file that are left
     * @param hasOrder whether the file's order is one of layers
     */
    static Misfit first(List<LayerTensors<WantedTensor>> network, List<LayerTensors<FileTensor>> file,
            boolean hasOrder) {
        int i = 0;
        while (i < Math.min(network.size(), file.size())
                && network.get(i).signature().equals(file.get(i).signature())) {
            i++;
        }
        String counts = "; the network has " + network.size() + " layers to bind so, the file " + file.size();
        if (i == network.size()) {
            return i == file.size()
                    ? new Misfit(Optional.empty(),
                            "its tensors are sorted by name, so their order says nothing, and several layers have the"
                                    + " same shapes",
                            HELP)
                    : new Misfit(Optional.empty(),
                            "the file's layer " + Quotation.of(file.get(i).name()) + " with "
                                    + file.get(i).describe() + " is beyond the network's last one" + counts,
                            HELP);
        }
        LayerTensors<WantedTensor> layer = network.get(i);
        String wants = "layer '" + layer.name() + "' wants " + layer.describe() + ", ";
        String has = i == file.size()
                ? "where the file has no layer any more"
                : "where the file has " + Quotation.of(file.get(i).name()) + " with " + file.get(i).describe();
        String sorted = hasOrder ? "" : "; its tensors are sorted by name, so their order says nothing";
        return new Misfit(Optional.of(layer.parts().firstEntry().getValue().tensor().span()),
                wants + has + counts + sorted, HELP);
    }
}
