package io.xceptionc.cli.verb;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.Suggestions;
import java.util.List;
import java.util.Optional;

/** All verbs, in the order of the help. */
public final class Verbs {

    public static final List<Verb> ALL = List.of(new CheckVerb(), new SummaryVerb(), new WeightsVerb(),
            new CompileVerb(),
            new PredictVerb(), new VerifyVerb(), new SelfTestVerb(), new ProfileVerb(), new BenchVerb(), new DumpVerb(),
            new ExportVerb(), new ImportVerb(), new DemoVerb(), new ExplainVerb(), new HelpVerb(), new VersionVerb());

    private Verbs() {}

    /** The verb of a name, or of an option that stands for it. */
    public static Optional<Verb> find(String word) {
        String name = switch (word) {
            case "-h", "--help" -> "help";
            case "-V", "--version" -> "version";
            default -> word;
        };
        return ALL.stream().filter(verb -> verb.manual().name().equals(name)).findFirst();
    }

    /** A message that there is no such verb. */
    public static String unknown(String word) {
        List<String> names = ALL.stream().map(verb -> verb.manual().name()).toList();
        return "there is no verb " + Quotation.of(word) + "; "
                + Suggestions.didYouMean(word, names, "the verbs are " + String.join(", ", names));
    }
}
