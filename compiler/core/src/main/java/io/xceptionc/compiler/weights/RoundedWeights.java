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

/**
 * A network, after all passes, whose kernels are rounded to what a storage holds, and what that costs. Biases stay
 * float32.
 *
 * @param graph the network
 * @param maxAbsolute the greatest difference of a weight
 * @param maxRelative the greatest difference of a weight as a part of the greatest magnitude in its kernel
 */
public record RoundedWeights(Graph graph, double maxAbsolute, double maxRelative) {

    private record Kernel(Tensor rounded, double greatest, double loss) {

        static Kernel of(Tensor kernel, Storage storage) {
            float[] values = kernel.values();
            float[] next = new float[values.length];
            double greatest = Double.MIN_NORMAL;
            double loss = 0;
            for (int i = 0; i < values.length; i++) {
                next[i] = storage.round(values[i]);
                greatest = Math.max(greatest, Math.abs(values[i]));
                loss = Math.max(loss, Math.abs((double) values[i] - next[i]));
            }
            return new Kernel(Tensor.lazy(kernel.name(), kernel.shape(), () -> next), greatest, loss);
        }
    }

    /** Rounds each kernel once; what is out of the storage's range is reported. */
    public static RoundedWeights of(Graph graph, Storage storage, Diagnostics diagnostics) {
        Map<Tensor, Kernel> kernels = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Convolution convolution) {
                for (Tensor kernel : convolution.kernels()) {
                    kernels.computeIfAbsent(kernel, _ -> rounded(kernel, storage, node, diagnostics));
                }
            }
        }
        return new RoundedWeights(
                graph.mapTensors(tensor -> kernels.containsKey(tensor) ? kernels.get(tensor).rounded : tensor),
                kernels.values().stream().mapToDouble(Kernel::loss).max().orElse(0),
                kernels.values().stream().mapToDouble(kernel -> kernel.loss / kernel.greatest).max().orElse(0));
    }

    private static Kernel rounded(Tensor tensor, Storage storage, Node node, Diagnostics diagnostics) {
        Kernel kernel = Kernel.of(tensor, storage);
        if (Double.isInfinite(kernel.loss)) {
            refuse(node, kernel.greatest, storage, diagnostics);
        }
        return kernel;
    }

    private static void refuse(Node node, double greatest, Storage storage, Diagnostics diagnostics) {
        List<String> layers = node.origins().stream().map(Node.Origin::name).toList();
        diagnostics.report(DiagnosticCode.E309, node.span(),
                String.format(Locale.ROOT, "a weight of '%s'%s is %.3g, which %s cannot hold", node.name(),
                        layers.size() > 1 ? ", folded from " + String.join(", ", layers) + "," : "", greatest, storage),
                "use --storage bf16, which has the range of float32, or f32");
    }
}
