package io.xceptionc.benchmarks.compare;

import java.util.List;

/**
 * What the command line asks for.
 *
 * @param help whether only help is wanted
 * @param effort how thoroughly to measure
 * @param readme whether the result goes to the README
 */
record CompareOptions(boolean help, Effort effort, boolean readme) {

    static final String HELP = """
            usage: benchmarks/compare [--quick] [--readme]

            Compares xceptionc with ONNX Runtime and PyTorch on this machine, prints the tables, and writes them and a
            chart to benchmarks/target/comparison. Takes some minutes, in which the machine should do nothing else.

              --quick    short rounds, for a look between two changes
              --readme   also puts the result into README.md
              --help     prints this

            Exits with 1 if a figure is not as good as it must be, or if something fails; with 2 if the call is wrong.
            """;

    /**
     * Reads the words of a command line.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static CompareOptions parse(List<String> words) {
        for (String word : words) {
            if (!List.of("--help", "-h", "--quick", "--readme").contains(word)) {
                throw new IllegalArgumentException("there is no option '" + word + "'");
            }
        }
        if (words.contains("--quick") && words.contains("--readme")) {
            throw new IllegalArgumentException("--quick is too rough for --readme");
        }
        return new CompareOptions(words.contains("--help") || words.contains("-h"),
                words.contains("--quick") ? Effort.QUICK : Effort.FULL, words.contains("--readme"));
    }

    /** The command line that asks for the same. */
    String command() {
        return "benchmarks/compare" + (effort.equals(Effort.QUICK) ? " --quick" : "") + (readme ? " --readme" : "");
    }
}
