package io.xceptionc.cli.verb;

import java.util.List;

/**
 * What the help says of a verb.
 *
 * @param name the word that calls it
 * @param synopsis what follows that word
 * @param purpose what it does, in one line
 * @param details more about it, line by line
 * @param example a whole call
 */
public record Manual(String name, String synopsis, String purpose, List<String> details, String example) {

    public Manual {
        details = List.copyOf(details);
    }

    /** The whole call, as {@code xceptionc check SPEC}. */
    String usage() {
        return ("xceptionc " + name + " " + synopsis).strip();
    }
}
