package io.xceptionc.cli.option;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.runtime.ArrayValues;
import io.xceptionc.runtime.OpenOptions;
import java.time.Duration;
import org.apache.commons.cli.Option;

/** Options that several verbs have. */
public final class CommonOptions {

    private static final int MOST_THREADS = 1024;
    private static final int MOST_SECONDS = 3600;
    private static final int DEFAULT_SECONDS = 3;

    private static final Option THREADS =
            valued("threads", "N", "how many threads to compute with; all processors if not given");
    private static final Option SECONDS = valued("seconds", "S", "for how long to measure; 3 if not given");

    private static final Option ARRAYS = valued("arrays", "raw|scaled",
            "what .npy files hold, raw or scaled values; as the model says otherwise");

    private CommonOptions() {}

    /** An option with a value. */
    public static Option valued(String name, String valueName, String description) {
        return Option.builder().longOpt(name).hasArg().argName(valueName).desc(description).get();
    }

    /** Height and width in place of the spec's. */
    public static Option input() {
        return valued("input", "HxW", "height and width of the input in place of the spec's, as 71x95");
    }

    /** What arrays hold. */
    public static Option arrays() {
        return ARRAYS;
    }

    /** How {@link #threads} and {@link #arrays} say that a model is opened. */
    public static OpenOptions opening(CommandArguments arguments) throws UsageException {
        return OpenOptions.DEFAULT.withThreads(threads(arguments)).withArrays(arrayValues(arguments));
    }

    private static ArrayValues arrayValues(CommandArguments arguments) throws UsageException {
        return switch (arguments.text(ARRAYS).orElse("")) {
            case "" -> ArrayValues.AS_COMPILED;
            case "raw" -> ArrayValues.RAW;
            case "scaled" -> ArrayValues.SCALED;
            default -> throw new UsageException("--arrays is raw or scaled, not "
                    + Quotation.of(arguments.text(ARRAYS).orElseThrow()));
        };
    }

    /** With how many threads to compute. */
    public static Option threads() {
        return THREADS;
    }

    /** The value of {@link #threads}, as a model is opened with it. */
    public static int threads(CommandArguments arguments) throws UsageException {
        return (int) arguments.number(THREADS, 1, MOST_THREADS).orElse(0);
    }

    /** For how long to measure. */
    static Option seconds() {
        return SECONDS;
    }

    /** The value of {@link #seconds}. */
    static Duration seconds(CommandArguments arguments) throws UsageException {
        return Duration.ofSeconds(arguments.number(SECONDS, 1, MOST_SECONDS).orElse(DEFAULT_SECONDS));
    }

    /** How to print what was measured. */
    public static Option format() {
        return valued("format", "table|csv|json", "how to print it; a table if not given");
    }

    /** The same of what is no list of rows. */
    public static Option tableFormat() {
        return valued("format", "table|json", "how to print it; a table if not given");
    }
}
