package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.ReportFormat;
import io.xceptionc.cli.inspect.TensorList;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.ReadFiles;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Lists what is inside a weights file. */
final class WeightsVerb implements Verb {

    private static final Option FORMAT = CommonOptions.format();

    @Override
    public Manual manual() {
        return new Manual("weights", "FILE [--format table|csv|json]",
                "lists the tensors of a weights file",
                inLines("The format is told by the content; weights are read from "
                        + ReadFiles.weightsFormats() + ". Integers are no parameters."),
                "xceptionc weights xception.pth");
    }

    private static List<String> inLines(String text) {
        return Pattern.compile("\\S.{0,98}(?= |$)").matcher(text).results().map(MatchResult::group).toList();
    }

    @Override
    public Options options() {
        return new Options().addOption(FORMAT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException, InvalidInputException {
        ReportFormat format = arguments.choice(FORMAT, ReportFormat.TABLE);
        try (TensorSource source = ReadFiles.weights(arguments.onlyPath("FILE"))) {
            format.print(TensorList.of(source), console);
        }
        return ExitCode.FINE;
    }
}
