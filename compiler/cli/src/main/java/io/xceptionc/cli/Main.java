package io.xceptionc.cli;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.ProgressStyle;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.cli.verb.HelpVerb;
import io.xceptionc.cli.verb.Verb;
import io.xceptionc.cli.verb.Verbs;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** The command line's entry point: finds the verb and lets it do its work. */
public final class Main {

    private Main() {}

    /** Runs a command line and exits with its code: 0 fine, 1 wrong input, 2 wrong call, 70 a defect. */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        int status = run(arguments, System.out, System.err);
        System.out.flush();
        System.exit(status);
    }

    /**
     * Runs a command line in this process.
     *
     * @param out for answers
     * @param err for messages and progress
     * @return the exit code
     */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        Console console = new Console(out, err, ProgressStyle.ofProperty());
        try {
            return run(List.of(arguments), console).status();
        } catch (Throwable failure) {
            return Failures.report(failure, console).status();
        }
    }

    private static ExitCode run(List<String> words, Console console)
            throws InvalidInputException, InputException, IOException {
        if (words.isEmpty()) {
            HelpVerb.overview().forEach(console::message);
            return ExitCode.WRONG_CALL;
        }
        String word = words.getFirst();
        Optional<Verb> verb = Verbs.find(word);
        if (verb.isEmpty()) {
            return wrongCall(Verbs.unknown(word), "xceptionc help", console);
        }
        return run(verb.get(), words.subList(1, words.size()), console);
    }

    private static ExitCode run(Verb verb, List<String> words, Console console)
            throws InvalidInputException, InputException, IOException {
        String name = verb.manual().name();
        if (HelpVerb.isAskedFor(words)) {
            HelpVerb.page(verb).forEach(console::answer);
            return ExitCode.FINE;
        }
        try {
            return verb.run(CommandArguments.parse(verb.options(), words), console);
        } catch (UsageException wrong) {
            return wrongCall(name + ": " + wrong.getMessage(),
                    verb instanceof HelpVerb ? "xceptionc help" : "xceptionc help " + name, console);
        }
    }

    private static ExitCode wrongCall(String problem, String help, Console console) {
        console.message("xceptionc: " + problem);
        console.message("see '" + help + "'");
        return ExitCode.WRONG_CALL;
    }
}
