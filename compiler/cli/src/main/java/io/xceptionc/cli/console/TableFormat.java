package io.xceptionc.cli.console;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** How something is printed that is no list of rows, so that no spreadsheet wants it. */
public enum TableFormat {
    /** For people. */
    TABLE,
    /** For programs. */
    JSON;

    /**
     * Prints in this format.
     *
     * @param lines for people
     * @param properties writes those of an object
     */
    public void print(List<String> lines, Consumer<JsonGenerator> properties, Console console) {
        switch (this) {
            case TABLE -> lines.forEach(console::answer);
            case JSON -> JsonText.print(console, properties);
        }
    }
}
