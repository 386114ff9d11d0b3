package io.xceptionc.cli.console;

import io.xceptionc.compiler.diagnostic.Quotation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where verbs print to: answers to one stream, messages and progress to the other. What comes from files is made
 * visible first, so that none of it can command a terminal.
 *
 * @param out for answers
 * @param err for messages
 * @param progressStyle how the progress of long work is shown
 */
public record Console(PrintStream out, PrintStream err, ProgressStyle progressStyle) {

    /** Prints a line of an answer. */
    public void answer(String line) {
        out.print(Quotation.line(line) + "\n");
    }

    /** Prints a message, each of its lines by itself. */
    public void message(String text) {
        for (String line : text.split("\\R", -1)) {
            err.print(Quotation.line(line) + "\n");
        }
    }

    /** Whether answers keep every character. */
    boolean takesUnicode() {
        return out.charset().equals(StandardCharsets.UTF_8);
    }

    /** Shows the progress of a work of so many steps, which the caller closes. */
    public Progress progress(String work, int steps) {
        return progressStyle.start(work, steps, err);
    }
}
