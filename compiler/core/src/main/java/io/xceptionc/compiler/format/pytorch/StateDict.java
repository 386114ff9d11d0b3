package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.pytorch.PickleValue.Dictionary;
import io.xceptionc.compiler.format.pytorch.PickleValue.Text;
import io.xceptionc.compiler.format.pytorch.PickleValue.View;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tensors of a network in what was saved.
 *
 * @param place the keys that lead to them, as {@code state_dict}; empty if nothing is around them
 * @param prefix what all their names began with, as {@code module.}; empty if nothing was taken off
 * @param tensors by their names, in the order of the file
 */
record StateDict(String place, String prefix, Map<String, View> tensors) {

    /** What training scripts call the state dict among the other things that they save. */
    private static final List<String> USUAL_KEYS = List.of("state_dict", "model_state_dict", "model", "net", "network",
            "weights", "params", "module");

    /** What wrappers put before every name: DataParallel, torch.compile, Lightning and the like. */
    private static final List<String> USUAL_PREFIXES = List.of("module.", "_orig_mod.", "model.", "backbone.", "net.",
            "network.");

    private static final int DEEPEST = 8;
    private static final int MOST_TENSORS = 100_000;
    private static final int LONGEST_NAME = 10_000;
    private static final int MOST_LISTED = 5;

    StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Finds it.
     *
     * @throws InvalidInputException if there is none, or more than one
     */
    static StateDict in(PickleValue root, MappedFile file) throws InvalidInputException {
        if (!(root instanceof Dictionary dictionary)) {
            throw file.damaged("holds " + (root instanceof View ? "a single tensor" : "no dictionary")
                    + " and so no state dict", Unpickler.RESAVE);
        }
        StringBuilder place = new StringBuilder();
        for (int depth = 0; depth < DEEPEST; depth++) {
            Optional<String> key = nextKey(dictionary, file);
            if (key.isEmpty()) {
                break;
            }
            place.append(place.isEmpty() ? "" : ".").append(key.get());
            if (!(dictionary.find(key.get()).orElseThrow() instanceof Dictionary inner)) {
                throw file.damaged("has two entries called " + Quotation.of(key.get()), PickleReader.DAMAGED);
            }
            dictionary = inner;
        }
        Map<String, View> tensors = tensors(dictionary, file);
        if (tensors.isEmpty()) {
            throw file.damaged("holds no state dict: there are no tensors in it", Unpickler.RESAVE);
        }
        String prefix = prefix(tensors.keySet());
        Map<String, View> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(name.substring(prefix.length()), tensor));
        return new StateDict(place.toString(), prefix, named);
    }

    /** The key of the dictionary to look into; none if the tensors are in this one. */
    private static Optional<String> nextKey(Dictionary dictionary, MappedFile file) throws InvalidInputException {
        Set<String> nested = new LinkedHashSet<>();
        IdentityHashMap<Dictionary, Boolean> known = new IdentityHashMap<>();
        for (int i = 0; i < dictionary.size(); i++) {
            if (dictionary.key(i) instanceof Text key && dictionary.value(i) instanceof Dictionary inner
                    && holdsTensors(inner, DEEPEST, known)) {
                nested.add(key.value());
            }
        }
        Optional<String> usual = USUAL_KEYS.stream().filter(nested::contains).findFirst();
        if (usual.isPresent() || hasTensors(dictionary) || nested.isEmpty()) {
            return usual;
        }
        if (nested.size() > 1) {
            String keys = nested.stream().limit(MOST_LISTED).map(Quotation::of).collect(Collectors.joining(", "));
            throw file.damaged("holds several state dicts: " + keys + (nested.size() > MOST_LISTED ? ", ..." : ""),
                    "in Python, torch.save(torch.load(path)['...'], new_path) saves one of them");
        }
        return Optional.of(nested.iterator().next());
    }

    private static boolean hasTensors(Dictionary dictionary) {
        for (int i = 0; i < dictionary.size(); i++) {
            if (dictionary.key(i) instanceof Text && dictionary.value(i) instanceof View) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether there are tensors in a dictionary, or in one inside of it.
     *
     * @param known those that were looked at, each once however often it is referred to
     */
    private static boolean holdsTensors(Dictionary dictionary, int depth, IdentityHashMap<Dictionary, Boolean> known) {
        Boolean before = known.putIfAbsent(dictionary, false);
        if (before != null) {
            return before;
        }
        boolean holds = hasTensors(dictionary);
        for (int i = 0; !holds && depth > 0 && i < dictionary.size(); i++) {
            holds = dictionary.key(i) instanceof Text && dictionary.value(i) instanceof Dictionary inner
                    && holdsTensors(inner, depth - 1, known);
        }
        known.put(dictionary, holds);
        return holds;
    }

    private static Map<String, View> tensors(Dictionary dictionary, MappedFile file) throws InvalidInputException {
        Map<String, View> tensors = new LinkedHashMap<>();
        for (int i = 0; i < dictionary.size(); i++) {
            if (!(dictionary.key(i) instanceof Text key) || !(dictionary.value(i) instanceof View tensor)) {
                continue;
            }
            if (key.value().length() > LONGEST_NAME) {
                throw file.damaged("has a tensor whose name is longer than " + LONGEST_NAME + " characters",
                        PickleReader.DAMAGED);
            }
            if (tensors.put(key.value(), tensor) != null) {
                throw file.damaged("has two tensors called " + Quotation.of(key.value()), PickleReader.DAMAGED);
            }
        }
        if (tensors.size() > MOST_TENSORS) {
            throw file.damaged("has more than " + MOST_TENSORS + " tensors", Unpickler.RESAVE);
        }
        return tensors;
    }

    /** The usual prefixes that all names share, unless there would be names of no layer without them. */
    private static String prefix(Set<String> names) {
        String prefix = "";
        for (int depth = 0; depth < DEEPEST; depth++) {
            String before = prefix;
            Optional<String> next = USUAL_PREFIXES.stream().map(before::concat)
                    .filter(longer -> names.stream()
                            .allMatch(name -> name.startsWith(longer) && name.indexOf('.', longer.length()) > 0))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            prefix = next.get();
        }
        return prefix;
    }

    /** What was found where, for reports: {@code , state dict at 'model', without the prefix 'module.'}. */
    String description() {
        return (place.isEmpty() ? "" : ", state dict at " + Quotation.of(place))
                + (prefix.isEmpty() ? "" : ", without the prefix " + Quotation.of(prefix));
    }
}
