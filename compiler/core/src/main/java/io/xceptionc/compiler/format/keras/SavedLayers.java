package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.hdf5.Hdf5Object;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a {@code .weights.h5} of Keras 3: a directory {@code layers} with one for each layer, called by its
 * class and a number, in each a directory {@code vars} with the variables by their numbers, and {@code layers} again if
 * it is a model.
 *
 * @see <a href="https://github.com/keras-team/keras/blob/master/keras/src/saving/saving_lib.py">saving_lib, _save_state and
 *      _save_container_state</a>
 */
final class SavedLayers {

    private static final String VARIABLES = "vars";

    /** The second name is that of TensorFlow 2.12 and 2.13. */
    private static final List<String> DIRECTORIES = List.of("layers", "_layer_checkpoint_dependencies");

    private static final Pattern NUMBERED = Pattern.compile("(?s)(.*?)(?:_(\\d{1,9}))?");

    private static final int DEEPEST = 20;
    private static final int MOST_TENSORS = 100_000;

    private final MappedFile file;
    private final Set<Long> seen = new HashSet<>();
    private final List<KerasTensor> tensors = new ArrayList<>();

    private SavedLayers(MappedFile file) {
        this.file = file;
    }

    /** The directory of an object's layers; empty if it has none. */
    static Optional<Hdf5Object> directory(Hdf5Object object) throws InvalidInputException {
        for (String name : DIRECTORIES) {
            Optional<Hdf5Object> directory = object.child(name);
            if (directory.isPresent()) {
                return directory;
            }
        }
        return Optional.empty();
    }

    /** The tensors of all layers: in the order of the config, or else class by class in the order of their numbers. */
    static List<KerasTensor> read(MappedFile file, Hdf5Object directory, Optional<KerasConfig> config)
            throws InvalidInputException {
        SavedLayers layers = new SavedLayers(file);
        layers.readAll(directory, config.map(KerasConfig::layers).orElse(List.of()), 0);
        return layers.tensors;
    }

    private void readAll(Hdf5Object directory, List<KerasLayer> configured, int depth) throws InvalidInputException {
        if (depth == DEEPEST || !seen.add(directory.address())) {
            throw file.damaged("has layers inside of layers without an end", KerasFile.HELP);
        }
        Map<String, List<String>> byClass = new LinkedHashMap<>();
        for (String name : directory.links().keySet()) {
            byClass.computeIfAbsent(className(name), _ -> new ArrayList<>()).add(name);
        }
        byClass.values().forEach(names -> names.sort(Comparator.comparingInt(SavedLayers::number)));
        Map<String, Integer> used = new LinkedHashMap<>();
        for (KerasLayer layer : configured) {
            List<String> names = byClass.getOrDefault(layer.directory(), List.of());
            int index = used.merge(layer.directory(), 1, Integer::sum) - 1;
            if (index < names.size()) {
                read(directory, names.get(index), Optional.of(layer), depth);
            }
        }
        for (Map.Entry<String, List<String>> entry : byClass.entrySet()) {
            int first = Math.min(used.getOrDefault(entry.getKey(), 0), entry.getValue().size());
            for (String name : entry.getValue().subList(first, entry.getValue().size())) {
                read(directory, name, Optional.empty(), depth);
            }
        }
    }

    private static String className(String directoryName) {
        return matched(directoryName).group(1);
    }

    private static int number(String directoryName) {
        String number = matched(directoryName).group(2);
        return number == null ? 0 : Integer.parseInt(number);
    }

    private static Matcher matched(String directoryName) {
        Matcher matcher = NUMBERED.matcher(directoryName);
        if (!matcher.matches()) {
            throw new IllegalStateException(directoryName);
        }
        return matcher;
    }

    private void read(Hdf5Object directory, String name, Optional<KerasLayer> configured, int depth)
            throws InvalidInputException {
        Hdf5Object layer = directory.child(name).orElseThrow();
        Optional<Hdf5Object> variables = layer.child(VARIABLES);
        Optional<String> saved = variables.isPresent() ? variables.get().text("name") : Optional.empty();
        String layerName = configured.map(KerasLayer::name).or(() -> saved).orElse(name);
        String className = configured.map(KerasLayer::directory).orElse(className(name));
        Json config = configured.map(KerasLayer::config).orElse(Json.ABSENT);
        if (variables.isPresent()) {
            readVariables(layerName, className, config, variables.get());
        }
        readVariables(layerName, className, config, layer);
        Optional<Hdf5Object> inner = directory(layer);
        if (inner.isPresent()) {
            readAll(inner.get(), configured.map(KerasLayer::layers).orElse(List.of()), depth + 1);
        }
    }

    /** The datasets of a directory: by number, or already by name. */
    private void readVariables(String layerName, String className, Json config, Hdf5Object directory)
            throws InvalidInputException {
        List<String> numbers = directory.links().keySet().stream().filter(name -> name.matches("\\d{1,9}"))
                .sorted(Comparator.comparingInt(Integer::parseInt)).toList();
        List<String> names = VariableNames.of(className, config, numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            add(layerName, names.get(i), directory.child(numbers.get(i)).orElseThrow());
        }
        for (String name : directory.links().keySet()) {
            if (!numbers.contains(name) && !name.equals(VARIABLES) && !DIRECTORIES.contains(name)) {
                Hdf5Object object = directory.child(name).orElseThrow();
                if (object.isDataset()) {
                    add(layerName, VariableNames.canonical(className, name), object);
                }
            }
        }
    }

    private void add(String layerName, String weight, Hdf5Object object) throws InvalidInputException {
        if (tensors.size() == MOST_TENSORS) {
            throw file.damaged("has more than " + MOST_TENSORS + " tensors", KerasFile.HELP);
        }
        tensors.add(new KerasTensor(layerName, weight, object.dataset()));
    }
}
