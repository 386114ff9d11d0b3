package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.runtime.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rounds the kernels of a network, after all passes, to what a storage holds, and measures what that costs. Biases stay float32. */
public final class RoundedWeights {

    private final Storage storage;
    private final Diagnostics diagnostics;
    private final Map<Tensor, Tensor> rounded = new HashMap<>();
    private double maxAbsolute;
    private double maxRelative;

    public RoundedWeights(Storage storage, Diagnostics diagnostics) {
        this.storage = storage;
        this.diagnostics = diagnostics;
    }

    /** The network with rounded kernels; what is out of the storage's range is reported. */
    public Graph round(Graph graph) {
        return graph.rewrite((node, inputs) -> node.op() instanceof Convolution convolution
                ? new Node(node.name(), convolution.mapKernels(kernel -> rounded(kernel, node)), inputs,
                        node.origins())
                : node.withInputs(inputs)).orElse(graph);
    }

    private Tensor rounded(Tensor kernel, Node node) {
        return rounded.computeIfAbsent(kernel, _ -> {
            float[] values = kernel.values();
            float[] next = new float[values.length];
            double greatest = Double.MIN_NORMAL;
            double loss = 0;
            for (int i = 0; i < values.length; i++) {
                next[i] = storage.round(values[i]);
                greatest = Math.max(greatest, Math.abs(values[i]));
                loss = Math.max(loss, Math.abs((double) values[i] - next[i]));
            }
            if (Double.isInfinite(loss)) {
                refuse(node, greatest);
            }
            maxAbsolute = Math.max(maxAbsolute, loss);
            maxRelative = Math.max(maxRelative, loss / greatest);
            return Tensor.lazy(kernel.name(), kernel.shape(), () -> next);
        });
    }

    private void refuse(Node node, double greatest) {
        List<String> layers = node.origins().stream().map(Node.Origin::name).toList();
        diagnostics.report(DiagnosticCode.E309, node.span(),
                String.format(Locale.ROOT, "a weight of '%s'%s is %.3g, which %s cannot hold", node.name(),
                        layers.size() > 1 ? ", folded from " + String.join(", ", layers) + "," : "", greatest, storage),
                "use --storage bf16, which has the range of float32, or f32");
    }

    /** The greatest difference of a weight. */
    public double maxAbsolute() {
        return maxAbsolute;
    }

    /** The greatest difference of a weight as a part of the greatest magnitude in its kernel. */
    public double maxRelative() {
        return maxRelative;
    }
}
