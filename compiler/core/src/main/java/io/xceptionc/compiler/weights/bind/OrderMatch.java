package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the tensors of a network by the order and the shapes of its layers, as Keras does with its older files; names
 * only help.
 *
 * <p> A layer of the file whose name and shapes are those of a layer of the network is that layer, unless the name is
 * one of those that frameworks count up. The rest is arranged ({@link Arrangement}), first each layer with a kernel
 * together with the batch norms behind it, then each layer by itself, then class by class, as files of Keras 3 without
 * a config are sorted. Layers of the file like which the network wants none are left out.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/legacy/saving/legacy_h5_format.py">Keras,
 *      load_weights_from_hdf5_group</a>
 */
final class OrderMatch {

    /** What Keras counts up in each session, and the places in a {@code Sequential} of PyTorch. */
    private static final Pattern COUNTED =
            Pattern.compile("(conv(olution)?_?2d(_?transpose)?|depthwise_?conv_?2d|separable_?conv(olution)?_?2d|dense"
                    + "|batch_?normalization)(_[0-9]+)?|([^.]*\\.)*[0-9]+");

    private final NamingConvention convention;
    private final List<LayerTensors<WantedTensor>> network;
    private final List<LayerTensors<FileTensor>> file;
    private final Map<WantedTensor, FileTensor> found = new HashMap<>();

    private OrderMatch(NamingConvention convention, List<LayerTensors<WantedTensor>> network,
            List<LayerTensors<FileTensor>> file) {
        this.convention = convention;
        this.network = network;
        this.file = file;
    }

    /**
     * What was found.
     *
     * @param found a tensor of the file for each of the network, of the same shape; empty if there is a misfit
     * @param misfit why nothing was found
     */
    record Result(Map<WantedTensor, FileTensor> found, Optional<Misfit> misfit) {

        Result {
            found = Map.copyOf(found);
        }
    }

    /**
     * Finds all tensors, or none.
     *
     * @param named what was found by name, which helps
     * @param hasOrder whether the file's order is one of layers; else shapes alone must tell
     */
    static Result of(List<WantedTensor> wanted, Collection<FileTensor> tensors, NamingConvention convention,
            Map<WantedTensor, FileTensor> named, boolean hasOrder) {
        boolean hasSeparables =
                wanted.stream().anyMatch(each -> each.role() == TensorRole.SEPARABLE_DEPTHWISE_KERNEL);
        List<FileTensor> weights =
                tensors.stream().filter(tensor -> !Leftover.of(tensor.info().name()).isNoWeight()).toList();
        List<LayerTensors<FileTensor>> file = LayerTensors.ofFile(weights, convention, hasSeparables);
        List<LayerTensors<WantedTensor>> network = LayerTensors.ofNetwork(wanted, convention);
        boolean tellsDepthwise = file.stream().anyMatch(LayerTensors::isDepthwise);
        OrderMatch match = new OrderMatch(convention,
                tellsDepthwise ? network : network.stream().map(LayerTensors::withPlainKernel).toList(), file);
        return match.result(named, hasOrder);
    }

    private Result result(Map<WantedTensor, FileTensor> named, boolean hasOrder) {
        List<LayerTensors<WantedTensor>> open = network.stream().filter(layer -> !isKnown(layer, named)).toList();
        network.stream().filter(layer -> isKnown(layer, named))
                .forEach(layer -> layer.parts().values()
                        .forEach(part -> found.put(part.tensor(), named.get(part.tensor()))));
        Set<FileTensor> taken = new HashSet<>(found.values());
        List<LayerTensors<FileTensor>> free = file.stream()
                .filter(layer -> layer.parts().values().stream().noneMatch(part -> taken.contains(part.tensor())))
                .toList();
        Set<String> signatures = open.stream().map(LayerTensors::signature).collect(Collectors.toSet());
        List<LayerTensors<FileTensor>> alike =
                free.stream().filter(layer -> signatures.contains(layer.signature())).toList();
        boolean arranged = hasOrder
                ? bindUnits(open, alike) || bindLayers(open, alike) || bindKinds(open, alike)
                : signatures.size() == open.size() && bindLayers(open, alike);
        return arranged
                ? new Result(found, Optional.empty())
                : new Result(Map.of(),
                        Optional.of(Misfit.first(open, sortedSignatures(open).equals(sortedSignatures(alike))
                                ? alike
                                : free, hasOrder)));
    }

    private static <T> List<String> sortedSignatures(List<LayerTensors<T>> layers) {
        return layers.stream().map(LayerTensors::signature).sorted().toList();
    }

    private boolean isKnown(LayerTensors<WantedTensor> layer, Map<WantedTensor, FileTensor> named) {
        boolean counted = COUNTED.matcher(layer.name()).matches();
        return layer.parts().values().stream().map(LayerTensors.Part::tensor)
                .allMatch(each -> named.containsKey(each) && (!counted || named.get(each).isRenamed())
                        && Binding.fits(each, named.get(each).info(), convention));
    }

    /** Arranges each kernel with the batch norms behind it. */
    private boolean bindUnits(List<LayerTensors<WantedTensor>> open, List<LayerTensors<FileTensor>> free) {
        List<List<LayerTensors<WantedTensor>>> wantedUnits = units(open);
        List<List<LayerTensors<FileTensor>>> fileUnits = units(free);
        Optional<List<Integer>> arrangement = Arrangement.of(signatures(wantedUnits), signatures(fileUnits));
        arrangement.ifPresent(places -> {
            for (int i = 0; i < places.size(); i++) {
                List<LayerTensors<FileTensor>> unit = fileUnits.get(places.get(i));
                for (int k = 0; k < unit.size(); k++) {
                    bind(wantedUnits.get(i).get(k), unit.get(k));
                }
            }
        });
        return arrangement.isPresent();
    }

    private boolean bindLayers(List<LayerTensors<WantedTensor>> open, List<LayerTensors<FileTensor>> free) {
        Optional<List<Integer>> arrangement = Arrangement.of(open.stream().map(LayerTensors::signature).toList(),
                free.stream().map(LayerTensors::signature).toList());
        arrangement.ifPresent(places -> {
            for (int i = 0; i < places.size(); i++) {
                bind(open.get(i), free.get(places.get(i)));
            }
        });
        return arrangement.isPresent();
    }

    /** Arranges class by class, if the file is sorted so; within a class, the order must be the same. */
    private boolean bindKinds(List<LayerTensors<WantedTensor>> open, List<LayerTensors<FileTensor>> free) {
        Map<String, List<LayerTensors<WantedTensor>>> wantedKinds = kinds(open);
        Map<String, List<LayerTensors<FileTensor>>> fileKinds = kinds(free);
        boolean isSorted = fileKinds.values().stream().flatMap(List::stream).toList().equals(free);
        boolean agree = isSorted && wantedKinds.keySet().equals(fileKinds.keySet()) && wantedKinds.keySet().stream()
                .allMatch(kind -> wantedKinds.get(kind).stream().map(LayerTensors::signature).toList()
                        .equals(fileKinds.get(kind).stream().map(LayerTensors::signature).toList()));
        if (agree) {
            wantedKinds.forEach((kind, layers) -> {
                for (int i = 0; i < layers.size(); i++) {
                    bind(layers.get(i), fileKinds.get(kind).get(i));
                }
            });
        }
        return agree;
    }

    private <T> Map<String, List<LayerTensors<T>>> kinds(List<LayerTensors<T>> layers) {
        return layers.stream().collect(
                Collectors.groupingBy(layer -> layer.kind(convention), LinkedHashMap::new, Collectors.toList()));
    }

    private void bind(LayerTensors<WantedTensor> layer, LayerTensors<FileTensor> counterpart) {
        layer.parts().forEach((name, part) -> found.put(part.tensor(), counterpart.parts().get(name).tensor()));
    }

    private <T> List<List<LayerTensors<T>>> units(List<LayerTensors<T>> layers) {
        List<List<LayerTensors<T>>> units = new ArrayList<>();
        for (LayerTensors<T> layer : layers) {
            if (units.isEmpty() || !layer.isNorm(convention)) {
                units.add(new ArrayList<>());
            }
            units.getLast().add(layer);
        }
        return units;
    }

    private static <T> List<String> signatures(List<List<LayerTensors<T>>> units) {
        return units.stream()
                .map(unit -> unit.stream().map(LayerTensors::signature).collect(Collectors.joining(" "))).toList();
    }
}
