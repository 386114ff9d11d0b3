package io.xceptionc.cli.inspect;

import io.xceptionc.cli.console.Console;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.RewrittenGraph;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Shows what the passes make of a network. */
public final class GraphDump {

    private static final int LINE_LENGTH = 95;

    private GraphDump() {}

    /**
     * Prints the network's graph before all passes, and after each pass that changes it.
     *
     * @return what is odd, but no error
     */
    public static List<Diagnostic> print(CompilerOptions options, Console console)
            throws InvalidInputException, IOException {
        return Compiler.rewrite(options, graph -> print(graph, console));
    }

    private static void print(RewrittenGraph graph, Console console) {
        if (graph.pass().isEmpty()) {
            console.answer("# the spec");
        } else {
            console.answer("");
            console.answer("# " + graph.pass() + (graph.isChanged() ? "" : ": nothing to do"));
        }
        if (graph.isChanged()) {
            graph.text().lines().forEach(console::answer);
        }
    }

    /**
     * How many passes come up to one, itself among them, given by its name or by that number; empty if there is none
     * such.
     */
    public static OptionalInt passCount(String word) {
        List<String> names = Compiler.passes();
        int index = names.indexOf(word);
        return index >= 0
                ? OptionalInt.of(index + 1)
                : IntStream.rangeClosed(0, names.size()).filter(count -> word.equals(Integer.toString(count)))
                        .findFirst();
    }

    /** The passes with their numbers, in lines that a help page has room for. */
    public static List<String> passes() {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        List<String> passes = Compiler.passes();
        for (int i = 0; i < passes.size(); i++) {
            String word = (i + 1) + " " + passes.get(i) + (i < passes.size() - 1 ? "," : "");
            if (line.length() + word.length() > LINE_LENGTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "  " : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
