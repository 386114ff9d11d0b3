package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was taken from a weights file, and what was assumed.
 *
 * @param format a few words on the file's format
 * @param profile where the weights were trained
 * @param isProfileGiven whether the user has said so; else it was told from the file
 * @param bindings each tensor of the network with the one of the file that it is, in the network's order
 * @param assumptions on what the file does not say, a few words each
 * @param leftovers how many tensors of the file were not taken, by what they are
 */
public record WeightsReport(
        String format,
        Profile profile,
        boolean isProfileGiven,
        List<Binding> bindings,
        List<String> assumptions,
        Map<Leftover, Integer> leftovers) {

    public WeightsReport {
        bindings = List.copyOf(bindings);
        assumptions = List.copyOf(assumptions);
        Map<Leftover, Integer> sorted = new EnumMap<>(Leftover.class);
        sorted.putAll(leftovers);
        leftovers = Collections.unmodifiableMap(sorted);
    }

    static WeightsReport of(TensorSource source, Assignment assignment, List<String> furtherAssumptions) {
        List<String> assumptions = new ArrayList<>();
        assumptions.add(assignment.ofFile() == NamingConvention.KERAS
                ? "kernels lie as HWIO"
                : "kernels lie as OIHW, transposed");
        if (!assignment.prefix().isEmpty()) {
            assumptions.add(Quotation.of(assignment.prefix()) + " before all names means nothing");
        }
        assumptions.addAll(furtherAssumptions);
        Map<Leftover, Integer> leftovers = new EnumMap<>(Leftover.class);
        assignment.unused().forEach(tensor -> leftovers.merge(Leftover.of(tensor.name()), 1, Integer::sum));
        return new WeightsReport(source.format(), assignment.profile(), assignment.isProfileGiven(),
                assignment.bindings(), assumptions, leftovers);
    }

    /** How many tensors were found in one way. */
    public long count(MatchedBy how) {
        return bindings.stream().filter(binding -> binding.how() == how).count();
    }
}
