package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.workload.SingleLayer;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param help whether only help is wanted
 * @param effort how thoroughly to measure
 * @param readme whether the result goes to the README
 * @param layers single layers to compare in place of networks: those whose names begin with this
 */
record CompareOptions(boolean help, Effort effort, boolean readme, Optional<String> layers) {

    private static final String LAYERS = "--layers";

    static final String HELP = """
            usage: benchmarks/compare [--quick] [--readme | --layers[=NAME]]

            Compares xceptionc with ONNX Runtime and PyTorch on this machine, prints the tables, and writes them and a
            chart to benchmarks/target/comparison. Takes some minutes, in which the machine should do nothing else.

              --quick          short rounds, for a look between two changes
              --readme         also puts the result into README.md
              --layers[=NAME]  compares every operator as a layer of its own with ONNX Runtime on one thread, or
                               those whose names begin with NAME; writes benchmarks/target/comparison/layers.md
              --help           prints this

            Exits with 1 if a figure is not as good as it must be, or if something fails; with 2 if the call is wrong.
            """;

    /**
     * Reads the words of a command line.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static CompareOptions parse(List<String> words) {
        for (String word : words) {
            if (!List.of("--help", "-h", "--quick", "--readme", LAYERS).contains(word)
                    && !word.startsWith(LAYERS + "=")) {
                throw new IllegalArgumentException("there is no option '" + word + "'");
            }
        }
        boolean quick = words.contains("--quick");
        boolean readme = words.contains("--readme");
        Optional<String> layers = words.stream().filter(word -> word.startsWith(LAYERS))
                .map(word -> word.equals(LAYERS) ? "" : word.substring(LAYERS.length() + 1)).findFirst();
        if (quick && readme) {
            throw new IllegalArgumentException("--quick is too rough for --readme");
        }
        if (layers.isPresent() && readme) {
            throw new IllegalArgumentException("--layers is not for --readme");
        }
        layers.ifPresent(CompareOptions::requireLayer);
        return new CompareOptions(words.contains("--help") || words.contains("-h"),
                layers.isPresent() ? quick ? Effort.QUICK_LAYERS : Effort.LAYERS : quick ? Effort.QUICK : Effort.FULL,
                readme, layers);
    }

    private static void requireLayer(String name) {
        if (SingleLayer.ALL.stream().noneMatch(layer -> layer.name().startsWith(name))) {
            throw new IllegalArgumentException("there is no layer '" + name + "'");
        }
    }

    /** The command line that asks for the same. */
    String command() {
        return "benchmarks/compare"
                + (effort.equals(Effort.QUICK) || effort.equals(Effort.QUICK_LAYERS) ? " --quick" : "")
                + (readme ? " --readme" : "")
                + layers.map(name -> " " + LAYERS + (name.isEmpty() ? "" : "=" + name)).orElse("");
    }
}
