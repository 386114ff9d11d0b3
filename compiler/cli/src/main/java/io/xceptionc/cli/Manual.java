package io.xceptionc.cli;

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
record Manual(String name, String synopsis, String purpose, List<String> details, String example) {

    Manual {
        details = List.copyOf(details);
    }

    /** The whole call, as {@code xceptionc check SPEC}. */
    String usage() {
        return ("xceptionc " + name + " " + synopsis).strip();
    }
}
