package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.List;
import java.util.Optional;

/** Reports what an assignment lacks: tensors that are missing, misshapen or unused, or all of them, for one reason. */
final class BindingProblems {

    /** More unused tensors than this are summed up. */
    private static final int MOST_UNUSED_LISTED = 10;

    /** The share of missing tensors from which on it is rather the convention that is wrong. */
    private static final double MOSTLY = 0.9;

    private final TensorSource source;
    private final Assignment assignment;
    private final Diagnostics diagnostics;

    BindingProblems(TensorSource source, Assignment assignment, Diagnostics diagnostics) {
        this.source = source;
        this.assignment = assignment;
        this.diagnostics = diagnostics;
    }

    void report() {
        if (assignment.misfit().isPresent()) {
            reportMisfit(assignment.misfit().get());
            return;
        }
        assignment.bindings().stream().filter(binding -> !binding.fits(assignment.ofFile()))
                .forEach(this::reportMisshapen);
        if (mostlyMissing() && reportConvention()) {
            return;
        }
        List<String> unused = assignment.unused().stream().map(TensorInfo::name)
                .filter(name -> Leftover.of(name).isRemarkable()).toList();
        reportMissing(unused);
        reportUnused(unused);
    }

    private void reportMisfit(Misfit misfit) {
        diagnostics.report(DiagnosticCode.E308, misfit.span().orElse(SourceSpan.ofFile(source.name())),
                "the tensors of " + source.name() + " cannot be bound by order: " + misfit.message(), misfit.help());
    }

    private void reportMisshapen(Binding binding) {
        WantedTensor wanted = binding.wanted();
        NamingConvention convention = assignment.ofFile();
        String help = "both are " + new FileLayout(convention, wanted.role()).fileAxes();
        for (NamingConvention other : NamingConvention.values()) {
            if (binding.fits(other)) {
                help = "it lies as " + other.label() + " has it, " + new FileLayout(other, wanted.role()).fileAxes()
                        + ", not " + convention.label() + ": transpose it in the file";
            }
        }
        diagnostics.report(DiagnosticCode.E302, wanted.span(),
                "the tensor " + Quotation.of(binding.tensor().name()) + " is " + binding.tensor().shape() + " in "
                        + source.name() + ", but layer '" + wanted.layer() + "' wants " + wanted.fileShape(convention),
                help);
    }

    private boolean mostlyMissing() {
        int missing = assignment.missing().size();
        return missing > 0 && missing >= MOSTLY * (missing + assignment.bindings().size());
    }

    /** Reports that the file's names are those of another convention, if they are. */
    private boolean reportConvention() {
        NamingConvention likely = Profile.ofNames(source, assignment.ofSpec());
        if (likely == assignment.ofSpec() && likely == assignment.ofFile()) {
            return false;
        }
        String help = likely == assignment.ofFile()
                ? "set `weights: " + likely.label() + "` in the spec if it has their names, or say which is which under"
                        + " `weights: {rename: ...}`, or bind them by order with --match order"
                : "take the profile " + likely.label() + ", or none";
        int missing = assignment.missing().size();
        diagnostics.report(DiagnosticCode.E301, SourceSpan.ofFile(source.name()),
                "lacks " + missing + " of the network's " + (missing + assignment.bindings().size())
                        + " tensors; its names look like " + likely.label(),
                help);
        return true;
    }

    private void reportMissing(List<String> unused) {
        NearestNames nearest = new NearestNames(unused);
        String otherwise = unused.isEmpty()
                ? "every tensor of the file is in use"
                : "the file has no unused tensor of a similar name";
        NamingConvention convention = assignment.ofFile();
        for (WantedTensor wanted : assignment.missing()) {
            String name = wanted.name(convention);
            diagnostics.report(DiagnosticCode.E301, wanted.span(), "the tensor '" + name + "' "
                    + wanted.fileShape(convention) + " of layer '" + wanted.layer() + "' is not in " + source.name(),
                    Optional.ofNullable(assignment.renamed().get(name))
                            .map(renamed -> "the spec renames it to " + Quotation.of(renamed))
                            .orElseGet(() -> nearest.didYouMean(name, otherwise)));
        }
    }

    private String helpForUnused(String name, NearestNames missing) {
        String renamed = assignment.renamed().get(name);
        Optional<String> meant = missing.nearest(renamed == null ? name : renamed);
        return renamed == null
                ? meant.map(wanted -> "is it meant to be '" + wanted + "'?").orElse("")
                : "the spec renames it to " + Quotation.of(renamed)
                        + meant.map(wanted -> "; is it meant to be '" + wanted + "'?").orElse("");
    }

    private void reportUnused(List<String> unused) {
        NearestNames nearest = new NearestNames(
                assignment.missing().stream().map(wanted -> wanted.name(assignment.ofFile())).toList());
        SourceSpan span = SourceSpan.ofFile(source.name());
        for (String name : unused.subList(0, Math.min(MOST_UNUSED_LISTED, unused.size()))) {
            diagnostics.report(DiagnosticCode.W301, span,
                    "has the tensor " + Quotation.of(name) + ", which no layer uses",
                    helpForUnused(name, nearest));
        }
        if (unused.size() > MOST_UNUSED_LISTED) {
            diagnostics.report(DiagnosticCode.W301, span,
                    "has " + (unused.size() - MOST_UNUSED_LISTED) + " more tensors that no layer uses", "");
        }
    }
}
