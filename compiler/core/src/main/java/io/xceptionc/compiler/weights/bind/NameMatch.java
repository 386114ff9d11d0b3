package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the tensors of a network by their names in a file, each tensor of the file once. */
final class NameMatch {

    private final FileTensors file;
    private final NamingConvention ofFile;
    private final NamingConvention ofSpec;
    private final Map<WantedTensor, FileTensor> found = new HashMap<>();
    private final Set<FileTensor> taken = new HashSet<>();

    private NameMatch(FileTensors file, NamingConvention ofFile, NamingConvention ofSpec) {
        this.file = file;
        this.ofFile = ofFile;
        this.ofSpec = ofSpec;
    }

    /**
     * What is found of the wanted tensors: under the names of the file's convention, then of the spec's, then under
     * others that mean the same, if just one is there and has the shape. A tensor that is called as it should be may be
     * misshapen.
     */
    static Map<WantedTensor, FileTensor> of(List<WantedTensor> wanted, FileTensors file, NamingConvention ofFile,
            NamingConvention ofSpec) {
        NameMatch match = new NameMatch(file, ofFile, ofSpec);
        wanted.forEach(each -> match.take(each, match.exact(each)));
        wanted.stream().filter(each -> !match.found.containsKey(each))
                .forEach(each -> match.take(each, match.synonym(each)));
        return match.found;
    }

    private void take(WantedTensor wanted, Optional<FileTensor> tensor) {
        tensor.ifPresent(known -> {
            found.put(wanted, known);
            taken.add(known);
        });
    }

    private Optional<FileTensor> exact(WantedTensor wanted) {
        return Stream.of(ofFile, ofSpec).map(convention -> free(wanted.name(convention)).orElse(null))
                .filter(Objects::nonNull).findFirst();
    }

    private Optional<FileTensor> synonym(WantedTensor wanted) {
        List<FileTensor> fitting = Synonyms.of(wanted.layer(), wanted.role(), ofFile).stream()
                .flatMap(name -> free(name).stream())
                .filter(tensor -> Binding.fits(wanted, tensor.info(), ofFile)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private Optional<FileTensor> free(String name) {
        return file.find(name).filter(tensor -> !taken.contains(tensor));
    }
}
