package io.xceptionc.cli;

import org.apache.commons.cli.Option;

/** Options that several verbs have. */
final class CommonOptions {

    private CommonOptions() {}

    /** An option with a value. */
    static Option valued(String name, String valueName, String description) {
        return Option.builder().longOpt(name).hasArg().argName(valueName).desc(description).get();
    }

    /** Height and width in place of the spec's. */
    static Option input() {
        return valued("input", "HxW", "height and width of the input in place of the spec's, as 71x95");
    }
}
