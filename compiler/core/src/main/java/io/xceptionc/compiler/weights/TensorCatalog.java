package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.graph.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tensors handed out so far: makes each once, and sees to it that all of them together fit into memory. */
public final class TensorCatalog {

    /**
     * The values themselves, a copy that passes have folded, and one packed for the kernels are in memory at a time.
     */
    private static final int COPIES = 3;

    private final NamingConvention convention;
    private final Diagnostics diagnostics;
    private final long heapBytes;
    private final Map<String, Entry> entries = new HashMap<>();
    private long elementTotal;
    private boolean overBudget;

    /** With a heap of the given size. */
    public TensorCatalog(NamingConvention convention, Diagnostics diagnostics, long heapBytes) {
        this.convention = convention;
        this.diagnostics = diagnostics;
        this.heapBytes = heapBytes;
    }

    /**
     * The tensor of that name if it was asked for before, else a new one.
     *
     * @param maker given the tensor's name, makes it; not called for a tensor that is refused
     * @return a tensor without values if it was refused, and the problem is reported
     */
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span,
            Function<String, Tensor> maker) {
        String name = convention.tensorName(layer, role);
        Entry known = entries.get(name);
        if (known == null) {
            Tensor made = fits(name, shape, span) ? maker.apply(name) : Tensor.declared(name, shape);
            entries.put(name, new Entry(role, made, span));
            return made;
        }
        if (known.role != role || !known.tensor.shape().equals(shape)) {
            diagnostics.report(DiagnosticCode.E302, span,
                    "layer '" + layer + "' wants the tensor '" + name + "' as " + describe(role, shape) + ", but it is "
                            + describe(known.role, known.tensor.shape()) + " at " + known.span,
                    "give one of the two layers another name");
            return Tensor.declared(name, shape);
        }
        return known.tensor;
    }

    /** How many tensors were asked for. */
    int size() {
        return entries.size();
    }

    private static String describe(TensorRole role, List<Integer> shape) {
        return role.label() + " " + shape;
    }

    private boolean fits(String name, List<Integer> shape, SourceSpan span) {
        long count = 1;
        for (int dimension : shape) {
            count = count > TensorInfo.LARGEST_ARRAY ? count : count * dimension;
        }
        if (count > TensorInfo.LARGEST_ARRAY) {
            diagnostics.report(DiagnosticCode.E205, span,
                    "the tensor '" + name + "' " + shape + " has more than " + TensorInfo.LARGEST_ARRAY + " elements",
                    "make the layer smaller");
            return false;
        }
        elementTotal += count;
        if (!overBudget && elementTotal > heapBytes / Float.BYTES / COPIES) {
            overBudget = true;
            diagnostics.report(DiagnosticCode.E403, span,
                    "with the tensor '" + name + "' the weights pass what fits into the Java heap of "
                            + (heapBytes >> 20) + " MiB",
                    "give Java more memory with -Xmx, or make the network smaller");
        }
        return !overBudget;
    }

    private record Entry(TensorRole role, Tensor tensor, SourceSpan span) {}
}
