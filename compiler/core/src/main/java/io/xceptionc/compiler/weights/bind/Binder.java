package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which tensor of a file is which of a network's: by name, and where that does not suffice, by order and shape.
 */
final class Binder {

    /** If less than this part of the tensors has a name of the network's, names are not what the file is matched by. */
    private static final double ENOUGH_NAMES = 0.5;

    private final TensorSource source;
    private final List<WantedTensor> wanted;
    private final NamingConvention ofSpec;
    private final BindingOptions options;
    private final Profile profile;

    private Binder(TensorSource source, List<WantedTensor> wanted, NamingConvention ofSpec, BindingOptions options) {
        this.source = source;
        this.wanted = wanted;
        this.ofSpec = ofSpec;
        this.options = options;
        this.profile = options.profile().orElseGet(() -> Profile.of(source, ofSpec));
    }

    /**
     * Decides.
     *
     * @param wanted what the network needs, in its order
     * @param ofSpec whose names the spec uses
     * @param renames what is wrong with them is reported; all else that is wrong, the assignment shows
     */
    static Assignment bind(TensorSource source, List<WantedTensor> wanted, NamingConvention ofSpec,
            List<RenameRule> renames, BindingOptions options, Diagnostics diagnostics) {
        Binder binder = new Binder(source, wanted, ofSpec, options);
        List<String> names = wanted.stream()
                .flatMap(each -> Stream.of(each.name(binder.profile.convention()), each.name(ofSpec))).toList();
        return binder.bind(FileTensors.of(source, names, renames, diagnostics));
    }

    private Assignment bind(FileTensors file) {
        NamingConvention ofFile = profile.convention();
        Map<WantedTensor, FileTensor> named = NameMatch.of(wanted, file, ofFile, ofSpec);
        if (!mayGoByOrder(named)) {
            return assignment(file, named, Map.of(), Optional.empty());
        }
        OrderMatch.Result byOrder = OrderMatch.of(wanted, file.all(), ofFile, named, hasOrder());
        boolean shouldHaveHelped =
                options.matching() == Matching.ORDER || named.size() < ENOUGH_NAMES * wanted.size();
        return assignment(file, named, byOrder.found(), byOrder.misfit().filter(_ -> shouldHaveHelped));
    }

    private boolean mayGoByOrder(Map<WantedTensor, FileTensor> named) {
        return switch (options.matching()) {
            case NAME -> false;
            case ORDER -> true;
            case AUTO -> Profile.isOfKeras(source) && !wanted.stream().allMatch(each -> named.containsKey(each)
                    && Binding.fits(each, named.get(each).info(), profile.convention()));
        };
    }

    /** Those who write safetensors mostly sort tensors by name. */
    private boolean hasOrder() {
        List<String> names = source.tensors().stream().map(TensorInfo::name).toList();
        return Profile.isOfKeras(source) || !names.equals(names.stream().sorted().toList());
    }

    private Assignment assignment(FileTensors file, Map<WantedTensor, FileTensor> named,
            Map<WantedTensor, FileTensor> ordered, Optional<Misfit> misfit) {
        Map<WantedTensor, FileTensor> found = ordered.isEmpty() ? named : ordered;
        List<Binding> bindings = new ArrayList<>();
        for (WantedTensor each : wanted) {
            FileTensor tensor = found.get(each);
            if (tensor != null) {
                boolean byName = tensor.equals(named.get(each));
                bindings.add(new Binding(each, tensor.info(), byName ? tensor.foundByName() : MatchedBy.ORDER));
            }
        }
        Set<TensorInfo> used = new HashSet<>();
        bindings.forEach(each -> used.add(each.tensor()));
        return new Assignment(profile, ofSpec, options.profile().isPresent(), bindings,
                wanted.stream().filter(each -> !found.containsKey(each)).toList(),
                source.tensors().stream().filter(each -> !used.contains(each)).toList(), file.renamed(), file.prefix(),
                misfit);
    }
}
