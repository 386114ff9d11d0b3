package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.weights.DeclaredWeights;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorCatalog;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.ValueCheck;
import io.xceptionc.compiler.weights.WantedTensor;
import io.xceptionc.compiler.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The weights of a file, bound to the layers of a network and brought into the canonical layouts. Which tensor is which
 * is decided first, from all that the network wants ({@link DeclaredWeights#wanted}). A tensor is read, and its values
 * are checked, when a layer first asks for it; the file may be closed after {@link #finish}.
 */
public final class BoundWeights implements Weights {

    private final TensorSource source;
    private final Assignment assignment;
    private final Map<Assignment.Key, Binding> bindings;
    private final Diagnostics diagnostics;
    private final TensorCatalog catalog;

    private BoundWeights(TensorSource source, Assignment assignment, Diagnostics diagnostics) {
        this.source = source;
        this.assignment = assignment;
        this.bindings = assignment.byKey();
        this.diagnostics = diagnostics;
        this.catalog = new TensorCatalog(assignment.ofSpec(), diagnostics, Runtime.getRuntime().maxMemory());
    }

    /**
     * Of an open file.
     *
     * @param wanted all that the network will ask for, in its order
     * @param ofSpec whose names the spec uses
     * @param renames the spec's own patterns for the names of the file
     * @param options what the user says about the file
     */
    public static BoundWeights of(TensorSource source, List<WantedTensor> wanted, NamingConvention ofSpec,
            List<RenameRule> renames, BindingOptions options, Diagnostics diagnostics) {
        Assignment assignment = Binder.bind(source, wanted, ofSpec, renames, options, diagnostics);
        return new BoundWeights(source, assignment, diagnostics);
    }

    @Override
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {
        return catalog.tensor(layer, role, shape, span, name -> {
            Binding binding = bindings.get(new Assignment.Key(layer, role));
            return binding == null || !binding.fits(assignment.ofFile())
                    ? Tensor.declared(name, shape)
                    : read(name, binding);
        });
    }

    private Tensor read(String name, Binding binding) {
        WantedTensor wanted = binding.wanted();
        try {
            float[] fileValues = source.values(binding.tensor().name());
            ValueCheck.require(wanted.role(), binding.tensor(), fileValues, source.name());
            float[] values =
                    new FileLayout(assignment.ofFile(), wanted.role()).toCanonical(fileValues, wanted.shape());
            return Tensor.lazy(name, wanted.shape(), () -> values);
        } catch (InvalidInputException unreadable) {
            unreadable.diagnostics().forEach(diagnostics::report);
            return Tensor.declared(name, wanted.shape());
        }
    }

    /** The tensors of a network that was built without values, each with those of the file. */
    public UnaryOperator<Tensor> valuesOf(DeclaredWeights declared) {
        Map<Tensor, Tensor> values = new HashMap<>();
        for (WantedTensor each : declared.wanted()) {
            values.put(declared.tensor(each.layer(), each.role(), each.shape(), each.span()),
                    tensor(each.layer(), each.role(), each.shape(), each.span()));
        }
        return values::get;
    }

    /** Reports the tensors that are missing or misshapen, and those of the file that no layer uses. */
    @Override
    public void finish() {
        new BindingProblems(source, assignment, diagnostics).report();
    }

    /**
     * What was taken and assumed. Where the network differs numerically from the one that was trained, that is
     * reported.
     *
     * @param layers those of the network that the weights were bound to
     */
    public WeightsReport report(List<Node> layers) {
        List<String> assumptions = Stream.of(new EpsilonCheck(source, assignment, diagnostics).report(layers),
                new PaddingCheck(assignment, diagnostics).report(layers),
                new CutCheck(assignment, diagnostics).report(layers)).flatMap(Optional::stream).toList();
        return WeightsReport.of(source, assignment, assumptions);
    }
}
