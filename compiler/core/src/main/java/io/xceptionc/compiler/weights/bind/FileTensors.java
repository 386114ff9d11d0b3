package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tensors of a file under the names by which they are looked for: renamed by the spec, or without a common prefix.
 */
final class FileTensors {

    /** What wrappers of a whole network put before every name. */
    private static final List<String> WRAPPERS =
            List.of("module.", "model.", "_orig_mod.", "backbone.", "net.", "network.");

    private static final int MOST_WRAPPERS = 4;

    private final List<FileTensor> all;
    private final Map<String, FileTensor> byName = new HashMap<>();
    private final String prefix;

    private FileTensors(List<FileTensor> all, String prefix) {
        this.all = List.copyOf(all);
        this.prefix = prefix;
        all.forEach(tensor -> byName.putIfAbsent(tensor.name(), tensor));
    }

    /**
     * Those of a file.
     *
     * @param wantedNames what the network calls its tensors
     * @param renames the first one that is for a name counts; what is wrong with them is reported
     */
    static FileTensors of(TensorSource source, Collection<String> wantedNames, List<RenameRule> renames,
            Diagnostics diagnostics) {
        String prefix = commonPrefix(source, wantedNames);
        Map<String, FileTensor> taken = new HashMap<>();
        Set<RenameRule> idle = new HashSet<>(renames);
        List<FileTensor> all = new ArrayList<>();
        for (TensorInfo info : source.tensors()) {
            FileTensor tensor = named(info, prefix, renames);
            tensor.rule().ifPresent(idle::remove);
            FileTensor other = taken.putIfAbsent(tensor.name(), tensor);
            if (other == null) {
                all.add(tensor);
            } else {
                reportClash(other, tensor, diagnostics);
            }
        }
        renames.stream().filter(idle::contains).forEach(rule -> reportIdle(rule, source, diagnostics));
        return new FileTensors(all, prefix);
    }

    private static void reportIdle(RenameRule rule, TensorSource source, Diagnostics diagnostics) {
        List<String> names = source.tensors().stream().map(TensorInfo::name).toList();
        boolean comesTooLate = names.stream().anyMatch(name -> rule.apply(name).isPresent());
        diagnostics.report(DiagnosticCode.W304, rule.span(),
                "the pattern " + Quotation.of(rule.text()) + " is for no tensor of " + source.name()
                        + (comesTooLate ? " that one before it has not taken" : ""),
                comesTooLate
                        ? "put the narrower pattern first"
                        : new NearestNames(names).didYouMean(rule.text(),
                                "look at the file's names; a pattern is for whole names, as '*.weight' is"));
    }

    /** Without a rule, it can only be a tensor without the common prefix, which is no weight. */
    private static void reportClash(FileTensor first, FileTensor second, Diagnostics diagnostics) {
        second.rule().or(first::rule).ifPresent(rule -> diagnostics.report(DiagnosticCode.E307, rule.span(),
                "two tensors of the file would be called " + Quotation.of(second.name()) + ": "
                        + Quotation.of(first.info().name()) + " and " + Quotation.of(second.info().name()),
                "make the pattern narrower, or put one for the other tensor before it"));
    }

    private static FileTensor named(TensorInfo info, String prefix, List<RenameRule> renames) {
        for (RenameRule rule : renames) {
            Optional<String> name = rule.apply(info.name());
            if (name.isPresent()) {
                return new FileTensor(info, name.get(), Optional.of(rule));
            }
        }
        String name = info.name().startsWith(prefix) ? info.name().substring(prefix.length()) : info.name();
        return new FileTensor(info, name, Optional.empty());
    }

    /** What stands before all names and before none of the wanted ones, so that it was put there by a wrapper. */
    private static String commonPrefix(TensorSource source, Collection<String> wantedNames) {
        List<String> names = source.tensors().stream().map(TensorInfo::name)
                .filter(name -> !Leftover.of(name).isNoWeight()).toList();
        String prefix = "";
        for (int depth = 0; depth < MOST_WRAPPERS && !names.isEmpty(); depth++) {
            String known = prefix;
            prefix += WRAPPERS.stream().filter(wrapper -> names.stream().allMatch(n -> n.startsWith(known + wrapper))
                    && wantedNames.stream().noneMatch(name -> name.startsWith(known + wrapper))).findFirst().orElse("");
        }
        return prefix;
    }

    /** All of them, in the order of the file; of several with one name, the first. */
    List<FileTensor> all() {
        return all;
    }

    /** The one of a name. */
    Optional<FileTensor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The new names of those that a rule renames. */
    Map<String, String> renamed() {
        return all.stream().filter(FileTensor::isRenamed)
                .collect(Collectors.toMap(tensor -> tensor.info().name(), FileTensor::name));
    }

    /** What was taken off all names; often empty. */
    String prefix() {
        return prefix;
    }
}
