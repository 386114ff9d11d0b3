package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import org.apache.commons.cli.Options;

/** One thing that the command line does. Stateless. */
public interface Verb {

    /** What the help says of it. */
    Manual manual();

    /** The options that it knows, in the order of the help. */
    default Options options() {
        return new Options();
    }

    /**
     * Does it.
     *
     * @throws UsageException if the arguments make no sense
     * @throws InvalidInputException if a spec or weights are wrong
     * @throws InputException if another input is wrong
     * @throws IOException if a file cannot be read or written
     */
    ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException;
}
