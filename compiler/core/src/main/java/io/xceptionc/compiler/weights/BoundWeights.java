package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.weights.file.TensorInfo;
import io.xceptionc.compiler.weights.file.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a file, bound to layers by name and brought into the canonical layouts. A tensor is read, and its values are
 * checked, when a layer first asks for it; the file may be closed after {@link #finish}.
 */
public final class BoundWeights implements Weights {

    private static final String NUM_BATCHES_TRACKED = "num_batches_tracked";

    /** More unused tensors than this are summed up. */
    private static final int MOST_UNUSED_LISTED = 10;

    /** The share of missing tensors from which on it is rather the convention that is wrong. */
    private static final double MOSTLY = 0.9;

    private final TensorSource source;
    private final NamingConvention convention;
    private final Diagnostics diagnostics;
    private final TensorCatalog catalog;
    private final List<Wanted> missing = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    private record Wanted(String name, String layer, TensorRole role, List<Integer> shape, SourceSpan span) {}

    /** Of an open file, whose tensors are called and laid out by a convention. */
    public BoundWeights(TensorSource source, NamingConvention convention, Diagnostics diagnostics) {
        this.source = source;
        this.convention = convention;
        this.diagnostics = diagnostics;
        this.catalog = new TensorCatalog(convention, diagnostics, Runtime.getRuntime().maxMemory());
    }

    @Override
    public Tensor tensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {
        return catalog.tensor(layer, role, shape, span, name -> bound(new Wanted(name, layer, role, shape, span)));
    }

    private Tensor bound(Wanted wanted) {
        return source.find(wanted.name).map(info -> read(wanted, info)).orElseGet(() -> {
            missing.add(wanted);
            return Tensor.declared(wanted.name, wanted.shape);
        });
    }

    private Tensor read(Wanted wanted, TensorInfo info) {
        used.add(wanted.name);
        FileLayout layout = new FileLayout(convention, wanted.role);
        if (!info.shape().equals(longs(layout.fileShape(wanted.shape)))) {
            reportMisshapen(wanted, info);
            return Tensor.declared(wanted.name, wanted.shape);
        }
        try {
            float[] fileValues = source.values(wanted.name);
            ValueCheck.require(wanted.role, info, fileValues, source.name());
            float[] values = layout.toCanonical(fileValues, wanted.shape);
            return Tensor.lazy(wanted.name, wanted.shape, () -> values);
        } catch (InvalidInputException unreadable) {
            unreadable.diagnostics().forEach(diagnostics::report);
            return Tensor.declared(wanted.name, wanted.shape);
        }
    }

    private void reportMisshapen(Wanted wanted, TensorInfo info) {
        String help = "both are " + new FileLayout(convention, wanted.role).fileAxes();
        for (NamingConvention other : NamingConvention.values()) {
            FileLayout layout = new FileLayout(other, wanted.role);
            if (info.shape().equals(longs(layout.fileShape(wanted.shape)))) {
                help = "it lies as " + other.label() + " has it, " + layout.fileAxes() + ", not " + convention.label()
                        + ": transpose it in the file";
            }
        }
        diagnostics.report(DiagnosticCode.E302, wanted.span,
                "the tensor '" + wanted.name + "' is " + info.shape() + " in " + source.name() + ", but layer '"
                        + wanted.layer + "' wants " + new FileLayout(convention, wanted.role).fileShape(wanted.shape),
                help);
    }

    private static List<Long> longs(List<Integer> shape) {
        return shape.stream().map(Integer::longValue).toList();
    }

    /** Reports the tensors that layers want and the file lacks, and those that it has and no layer wants. */
    @Override
    public void finish() {
        Optional<NamingConvention> likely = likelyConvention();
        if (likely.isPresent()) {
            diagnostics.report(DiagnosticCode.E301, SourceSpan.ofFile(source.name()),
                    "lacks " + missing.size() + " of the network's " + catalog.size()
                            + " tensors; its names look like " + likely.get().label(),
                    "set `weights: " + likely.get().label() + "` in the spec");
            return;
        }
        List<String> unused = source.tensors().stream().map(TensorInfo::name)
                .filter(name -> !used.contains(name) && !name.endsWith(NUM_BATCHES_TRACKED)).toList();
        reportMissing(unused);
        reportUnused(unused);
    }

    /** Another convention, if nearly all tensors are missing and more of the file's names fit that one. */
    private Optional<NamingConvention> likelyConvention() {
        if (missing.isEmpty() || missing.size() < MOSTLY * catalog.size()) {
            return Optional.empty();
        }
        return Arrays.stream(NamingConvention.values()).max(Comparator.comparingLong(this::countOfFittingNames))
                .filter(best -> countOfFittingNames(best) > countOfFittingNames(convention));
    }

    private long countOfFittingNames(NamingConvention candidate) {
        return source.tensors().stream().filter(tensor -> candidate.mayName(tensor.name())).count();
    }

    private void reportMissing(List<String> unused) {
        NearestNames nearest = new NearestNames(unused);
        String otherwise = unused.isEmpty()
                ? "every tensor of the file is in use"
                : "the file has no unused tensor of a similar name";
        for (Wanted wanted : missing) {
            diagnostics.report(DiagnosticCode.E301, wanted.span, "the tensor '" + wanted.name + "' "
                    + new FileLayout(convention, wanted.role).fileShape(wanted.shape) + " of layer '" + wanted.layer
                    + "' is not in " + source.name(),
                    nearest.didYouMean(wanted.name, otherwise));
        }
    }

    private void reportUnused(List<String> unused) {
        NearestNames nearest = new NearestNames(missing.stream().map(Wanted::name).toList());
        SourceSpan span = SourceSpan.ofFile(source.name());
        for (String name : unused.subList(0, Math.min(MOST_UNUSED_LISTED, unused.size()))) {
            diagnostics.report(DiagnosticCode.W301, span,
                    "has the tensor " + Quotation.of(name) + ", which no layer uses",
                    nearest.nearest(name).map(wanted -> "is it meant to be '" + wanted + "'?").orElse(""));
        }
        if (unused.size() > MOST_UNUSED_LISTED) {
            diagnostics.report(DiagnosticCode.W301, span,
                    "has " + (unused.size() - MOST_UNUSED_LISTED) + " more tensors that no layer uses", "");
        }
    }
}
