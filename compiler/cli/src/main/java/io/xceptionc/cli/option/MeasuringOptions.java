package io.xceptionc.cli.option;

import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What a verb that measures a model is asked for.
 *
 * @param jar the model
 * @param opening how it is opened
 * @param duration how long it is run
 * @param format how the result is printed
 */
public record MeasuringOptions(Path jar, OpenOptions opening, Duration duration, ReportFormat format) {

    /** The words that they are asked for with. */
    public static final String WORDS = "MODEL.jar [--threads N] [--seconds S] [--format table|csv|json]";

    private static final Option FORMAT = CommonOptions.format();

    /** The options. */
    public static Options all() {
        return new Options().addOption(CommonOptions.threads()).addOption(CommonOptions.seconds()).addOption(FORMAT);
    }

    /** What they say; the operand is the model. */
    public static MeasuringOptions read(CommandArguments arguments) throws UsageException {
        return new MeasuringOptions(arguments.onlyPath("MODEL.jar"),
                OpenOptions.DEFAULT.withThreads(CommonOptions.threads(arguments)), CommonOptions.seconds(arguments),
                arguments.choice(FORMAT, ReportFormat.TABLE));
    }
}
