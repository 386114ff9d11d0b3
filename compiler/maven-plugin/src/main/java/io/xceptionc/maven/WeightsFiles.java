package io.xceptionc.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Finds the weights of specs: those that are named for a spec, else {@code NAME.safetensors} for {@code NAME.yaml}.
 *
 * @param base what relative paths begin at
 * @param named files by the specs' names, without folder and ending
 * @param folder where the others are looked for, in the same folders below it as the specs below theirs; beside each
 *        spec if absent
 */
record WeightsFiles(Path base, Map<String, String> named, Optional<Path> folder) {

    WeightsFiles {
        named = Map.copyOf(named);
    }

    /** A spec's name: that of its file without the ending. */
    static String name(Path spec) {
        return spec.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /**
     * The weights of a spec; empty if they are to be drawn from a seed.
     *
     * @param specs the folder of all specs
     * @param drawn whether weights may be drawn even where a folder for them is given
     * @throws MojoFailureException if weights are asked for that are not there
     */
    Optional<Path> of(Path spec, Path specs, boolean drawn) throws MojoFailureException {
        String name = name(spec);
        if (named.containsKey(name)) {
            Path file = base.resolve(named.get(name));
            if (!Files.isRegularFile(file)) {
                throw new MojoFailureException("the weights of " + spec + " are not there: " + file
                        + "; correct <weights><" + name + ">");
            }
            return Optional.of(file);
        }
        Path beside = spec.resolveSibling(name + ".safetensors");
        Path file = folder.map(root -> root.resolve(specs.relativize(beside))).orElse(beside);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        if (folder.isPresent() && !drawn) {
            throw new MojoFailureException("the weights of " + spec + " are not there: " + file
                    + "; put them there, name them in <weights><" + name + ">, or set <seed> to draw them");
        }
        return Optional.empty();
    }

    /**
     * Sees to it that weights are named only for specs that there are.
     *
     * @throws MojoFailureException if not
     */
    void requireNamed(List<Path> specs) throws MojoFailureException {
        List<String> names = specs.stream().map(WeightsFiles::name).toList();
        for (String name : new TreeSet<>(named.keySet())) {
            if (!names.contains(name)) {
                throw new MojoFailureException(
                        "there are <weights> for '" + name + "', but no spec of that name; specs are "
                                + names);
            }
        }
    }
}
