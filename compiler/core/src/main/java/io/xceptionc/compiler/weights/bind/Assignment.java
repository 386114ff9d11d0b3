package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tensor of a file is which of a network's, decided before any value is read.
 *
 * @param profile where the weights were trained
 * @param ofSpec whose names the spec uses
 * @param isProfileGiven whether the user has said so
 * @param bindings of the wanted tensors that are there, in the network's order; no tensor of the file twice
 * @param missing the wanted tensors that are not
 * @param unused the tensors of the file that none of them is
 * @param renamed the new names of those tensors of the file that a pattern renames
 * @param prefix what was taken off all names; often empty
 * @param misfit why order and shape did not help, where they should have
 */
record Assignment(
        Profile profile,
        NamingConvention ofSpec,
        boolean isProfileGiven,
        List<Binding> bindings,
        List<WantedTensor> missing,
        List<TensorInfo> unused,
        Map<String, String> renamed,
        String prefix,
        Optional<Misfit> misfit) {

    /** What a tensor is to the network. */
    record Key(String layer, TensorRole role) {}

    Assignment {
        bindings = List.copyOf(bindings);
        missing = List.copyOf(missing);
        unused = List.copyOf(unused);
        renamed = Map.copyOf(renamed);
    }

    /** Whose names and layouts the file has. */
    NamingConvention ofFile() {
        return profile.convention();
    }

    /** Whether what the network around the weights was like is not for the spec alone to say. */
    boolean isFromElsewhere() {
        return isProfileGiven || ofFile() != ofSpec;
    }

    /** The bindings by what the tensors are to the network. */
    Map<Key, Binding> byKey() {
        Map<Key, Binding> byKey = new LinkedHashMap<>();
        bindings.forEach(each -> byKey.put(new Key(each.wanted().layer(), each.wanted().role()), each));
        return byKey;
    }
}
