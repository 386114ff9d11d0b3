package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;

/** Explains the verbs. */
public final class HelpVerb implements Verb {

    @Override
    public Manual manual() {
        return new Manual("help", "[VERB]", "explains all verbs, or one", List.of(), "xceptionc help compile");
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException {
        arguments.requireOperands(1);
        Optional<String> word = arguments.operand();
        if (word.isEmpty()) {
            overview().forEach(console::answer);
            return ExitCode.FINE;
        }
        Verb verb = Verbs.find(word.get()).orElseThrow(() -> new UsageException(Verbs.unknown(word.get())));
        page(verb).forEach(console::answer);
        return ExitCode.FINE;
    }

    /** Whether the words after a verb ask for its help. */
    public static boolean isAskedFor(List<String> words) {
        int end = words.indexOf("--");
        List<String> options = words.subList(0, end < 0 ? words.size() : end);
        return options.contains("--help") || options.contains("-h");
    }

    /** All verbs, a line each. */
    public static List<String> overview() {
        List<String> lines = new ArrayList<>(List.of(
                "xceptionc compiles a network's spec and weights to Java, and classifies pictures with it", "",
                "usage: xceptionc VERB ...", ""));
        for (Verb verb : Verbs.ALL) {
            lines.add("  %-8s  %s".formatted(verb.manual().name(), verb.manual().purpose()));
        }
        lines.addAll(List.of("", "for example:"));
        for (String name : List.of("check", "compile", "predict", "demo")) {
            lines.add("  " + Verbs.find(name).orElseThrow().manual().example());
        }
        lines.addAll(List.of("", "'xceptionc help VERB' explains one of them",
                "exit codes: 0 fine, 1 an input is wrong, 2 the call is wrong, 70 a defect of xceptionc"));
        return lines;
    }

    /** One verb. */
    public static List<String> page(Verb verb) {
        Manual manual = verb.manual();
        List<String> lines = new ArrayList<>(List.of("usage: " + manual.usage(), "", manual.purpose()));
        if (!manual.details().isEmpty()) {
            lines.add("");
            lines.addAll(manual.details());
        }
        List<Option> options = List.copyOf(verb.options().getOptions());
        if (!options.isEmpty()) {
            lines.add("");
            int width = options.stream().mapToInt(option -> call(option).length()).max().orElse(0);
            options.forEach(option -> lines
                    .add("  " + call(option) + " ".repeat(width - call(option).length()) + "  "
                            + option.getDescription()));
        }
        lines.addAll(List.of("", "for example:", "  " + manual.example()));
        return lines;
    }

    private static String call(Option option) {
        String name = option.getOpt() != null && option.hasLongOpt()
                ? "-" + option.getOpt() + ", --" + option.getLongOpt()
                : CommandArguments.name(option);
        return option.hasArg() ? name + " " + option.getArgName() : name;
    }
}
