package io.xceptionc.cli.option;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.Suggestions;
import io.xceptionc.compiler.lower.ImageSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.cli.AlreadySelectedException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What follows a verb: options, known to the verb, and operands. Values are checked when they are asked for. */
public final class CommandArguments {

    /** A bound above which numbers need not be told. */
    public static final long UNBOUNDED = Integer.MAX_VALUE;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,7})[xX](\\d{1,7})");

    private final CommandLine line;

    private CommandArguments(CommandLine line) {
        this.line = line;
    }

    /**
     * Reads the words after a verb.
     *
     * @throws UsageException if they are not what the verb's options say
     */
    public static CommandArguments parse(Options options, List<String> words) throws UsageException {
        try {
            CommandLine line = DefaultParser.builder().setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false).get().parse(options, words.toArray(String[]::new));
            Set<Option> seen = new HashSet<>();
            for (Option option : line.getOptions()) {
                if (!seen.add(option)) {
                    throw new UsageException(name(option) + " is given twice");
                }
            }
            return new CommandArguments(line);
        } catch (ParseException e) {
            throw new UsageException(complaint(e, options));
        }
    }

    private static String complaint(ParseException problem, Options options) {
        return switch (problem) {
            case UnrecognizedOptionException unknown -> unknownOption(unknown.getOption(), options);
            case MissingArgumentException missing ->
                    name(missing.getOption()) + " needs a value: " + name(missing.getOption()) + " "
                            + missing.getOption().getArgName();
            case AlreadySelectedException selected ->
                    String.join(" and ",
                            selected.getOptionGroup().getOptions().stream().map(CommandArguments::name).toList())
                            + " exclude each other";
            default -> problem.getMessage();
        };
    }

    private static String unknownOption(String word, Options options) {
        String given = word.replaceFirst("=.*", "");
        List<String> known =
                Stream.concat(options.getOptions().stream().map(CommandArguments::name), Stream.of("--help"))
                        .toList();
        return "there is no option " + Quotation.of(given) + "; "
                + Suggestions.didYouMean(given, known, "there are " + String.join(", ", known));
    }

    /** How people call an option: by its long name if it has one. */
    public static String name(Option option) {
        return option.hasLongOpt() ? "--" + option.getLongOpt() : "-" + option.getOpt();
    }

    /** The operands, paths; the name says what the first one is, which must be there. */
    public List<Path> paths(String name) throws UsageException {
        if (line.getArgList().isEmpty()) {
            throw new UsageException(name + " is missing");
        }
        List<Path> paths = new ArrayList<>();
        for (String word : line.getArgList()) {
            paths.add(path(word));
        }
        return paths;
    }

    /** The only operand, a path; the name says what it is. */
    public Path onlyPath(String name) throws UsageException {
        requireOperands(1);
        return paths(name).getFirst();
    }

    /** Complains about operands beyond a number of them. */
    public void requireOperands(int most) throws UsageException {
        if (line.getArgList().size() > most) {
            throw new UsageException(Quotation.of(line.getArgList().get(most)) + " is one argument too many");
        }
    }

    /** The first operand, if there is one. */
    public Optional<String> operand() {
        return line.getArgList().stream().findFirst();
    }

    /** Whether an option is given. */
    public boolean has(Option option) {
        return line.hasOption(option);
    }

    /** The value of an option as it stands. */
    public Optional<String> text(Option option) {
        return Optional.ofNullable(line.getOptionValue(option));
    }

    /** The value of an option as a path. */
    public Optional<Path> path(Option option) throws UsageException {
        Optional<String> text = text(option);
        return text.isPresent() ? Optional.of(path(text.get())) : Optional.empty();
    }

    private static Path path(String word) throws UsageException {
        if (word.isEmpty()) {
            throw new UsageException("a path is empty");
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException(Quotation.of(word) + " is no path on this system: " + e.getReason());
        }
    }

    /** The value of an option as a whole number between two bounds. */
    public OptionalLong number(Option option, long least, long greatest) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= greatest) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        String bounds =
                least == Long.MIN_VALUE ? "" : " from " + least + (greatest < UNBOUNDED ? " to " + greatest : " on");
        throw new UsageException(name(option) + " is a whole number" + bounds + ", not " + Quotation.of(text.get()));
    }

    /** The value of an option as height and width. */
    public Optional<ImageSize> size(Option option) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher size = SIZE.matcher(text.get());
        if (!size.matches()) {
            throw new UsageException(name(option) + " is HEIGHTxWIDTH, as 71x95, not " + Quotation.of(text.get()));
        }
        try {
            return Optional.of(new ImageSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))));
        } catch (IllegalArgumentException e) {
            throw new UsageException(name(option) + ": " + e.getMessage());
        }
    }

    /** The value of an option as one of the constants of an enum, by its name in small letters. */
    public <E extends Enum<E>> E choice(Option option, E otherwise) throws UsageException {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        List<String> words = Stream.of(constants).map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
        int index = words.indexOf(text.get());
        if (index < 0) {
            throw new UsageException(name(option) + " is " + String.join(" or ", words) + ", not "
                    + Quotation.of(text.get()));
        }
        return constants[index];
    }
}
