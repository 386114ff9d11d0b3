package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import java.util.List;
import java.util.Objects;

/** Prints the version. */
final class VersionVerb implements Verb {

    @Override
    public Manual manual() {
        return new Manual("version", "", "says which version this is", List.of("The same as --version."),
                "xceptionc --version");
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException {
        arguments.requireOperands(0);
        console.answer("xceptionc "
                + Objects.requireNonNullElse(VersionVerb.class.getPackage().getImplementationVersion(),
                        "(not packaged)"));
        return ExitCode.FINE;
    }
}
