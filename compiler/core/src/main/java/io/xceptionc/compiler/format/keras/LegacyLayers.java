package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.hdf5.Hdf5Object;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a file in Keras' legacy format: the attribute {@code layer_names} has the layers in order, the
 * attribute {@code weight_names} of each one's group its weights.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/legacy/saving/legacy_h5_format.py">legacy_h5_format,
 *      save_weights_to_hdf5_group</a>
 */
final class LegacyLayers {

    static final String LAYER_NAMES = "layer_names";
    private static final String WEIGHT_NAMES = "weight_names";

    private static final int MOST_TENSORS = 100_000;
    private static final int LONGEST_NAME = 1000;

    private final MappedFile file;
    private final Hdf5Object root;
    private final Map<String, KerasLayer> configured = new LinkedHashMap<>();
    private final List<KerasTensor> tensors = new ArrayList<>();

    private LegacyLayers(MappedFile file, Hdf5Object root, Optional<KerasConfig> config) {
        this.file = file;
        this.root = root;
        config.ifPresent(model -> configure(model.layers()));
    }

    /** Layers, and those of the models among them; of several with one name, the outermost first one. */
    private void configure(List<KerasLayer> layers) {
        layers.forEach(layer -> configured.putIfAbsent(layer.name(), layer));
        layers.forEach(layer -> configure(layer.layers()));
    }

    /** Whether an object has the layers of a model. */
    static boolean isRoot(Hdf5Object object) throws InvalidInputException {
        return texts(object, LAYER_NAMES).isPresent();
    }

    /** The tensors of all layers. */
    static List<KerasTensor> read(MappedFile file, Hdf5Object root, Optional<KerasConfig> config)
            throws InvalidInputException {
        LegacyLayers layers = new LegacyLayers(file, root, config);
        for (String layer : texts(root, LAYER_NAMES).orElse(List.of())) {
            layers.read(layer);
        }
        return layers.tensors;
    }

    /** A list that may be cut into pieces with numbers, because HDF5 limits the size of attributes. */
    private static Optional<List<String>> texts(Hdf5Object object, String attribute) throws InvalidInputException {
        Optional<List<String>> whole = object.texts(attribute);
        if (whole.isPresent()) {
            return whole;
        }
        List<String> texts = new ArrayList<>();
        int count = 0;
        Optional<List<String>> piece = object.texts(attribute + count);
        while (piece.isPresent()) {
            texts.addAll(piece.get());
            count++;
            piece = object.texts(attribute + count);
        }
        return count == 0 ? Optional.empty() : Optional.of(texts);
    }

    private void read(String layer) throws InvalidInputException {
        requireShort(layer);
        Hdf5Object group = root.find(layer).orElseThrow(() -> file.damaged(
                "names the layer " + Quotation.of(layer) + " in " + LAYER_NAMES + ", but has no group of that name",
                KerasFile.HELP));
        List<String> names = texts(group, WEIGHT_NAMES).orElse(List.of());
        for (String name : names) {
            requireShort(name);
        }
        List<WeightName> parts = names.stream().map(WeightName::of).toList();
        boolean single = parts.stream().map(WeightName::weight).distinct().count() == parts.size()
                && !Optional.ofNullable(configured.get(layer)).map(KerasLayer::isModel).orElse(false);
        // A model's weights come with those that are trained first: they are brought together layer by layer.
        Map<String, List<KerasTensor>> byLayer = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String scope = parts.get(i).scope();
            String owner = single || scope.isEmpty() ? layer : scope;
            byLayer.computeIfAbsent(owner, _ -> new ArrayList<>())
                    .add(new KerasTensor(owner, weight(owner, parts.get(i)), dataset(group, names.get(i)).dataset()));
        }
        byLayer.values().forEach(tensors::addAll);
        if (tensors.size() > MOST_TENSORS) {
            throw file.damaged("has more than " + MOST_TENSORS + " tensors", KerasFile.HELP);
        }
    }

    private void requireShort(String name) throws InvalidInputException {
        if (name.length() > LONGEST_NAME) {
            throw file.damaged("has the overlong name " + Quotation.of(name), KerasFile.HELP);
        }
    }

    private Hdf5Object dataset(Hdf5Object group, String name) throws InvalidInputException {
        return group.find(name).filter(Hdf5Object::isDataset).orElseThrow(() -> file.damaged(
                "names the weight " + Quotation.of(name) + " in " + WEIGHT_NAMES + " of " + Quotation.of(group.path())
                        + ", but has no dataset of that name there",
                KerasFile.HELP));
    }

    /** Keras 3 calls the kernel of a depthwise convolution like any other. */
    private String weight(String layer, WeightName name) {
        KerasLayer known = configured.get(layer);
        return known == null ? name.weight() : VariableNames.canonical(known.directory(), name.weight());
    }
}
