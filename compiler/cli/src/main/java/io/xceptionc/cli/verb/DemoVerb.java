package io.xceptionc.cli.verb;

import static io.xceptionc.cli.console.TextTable.Alignment.LEFT;
import static io.xceptionc.cli.console.TextTable.Alignment.RIGHT;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.Progress;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.console.TextTable;
import io.xceptionc.cli.file.InputException;
import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.cli.predict.Answers;
import io.xceptionc.cli.predict.InputImages;
import io.xceptionc.cli.predict.Predictor;
import io.xceptionc.compiler.api.CompilationReport;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows on an example what this is about. */
final class DemoVerb implements Verb {

    /** The property by which the launcher names the project's folder. */
    static final String HOME = "xceptionc.home";

    private static final Path MODELS = Path.of("generated-examples", "models");
    private static final String MODEL = "xception-shapes";

    @Override
    public Manual manual() {
        return new Manual("demo", "", "compiles a small Xception and classifies pictures with it", List.of(
                "The network tells ten kinds of drawn figures apart. Spec, weights and pictures lie in",
                MODELS + " of the project's folder."), "xceptionc demo");
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, InputException, IOException {
        arguments.requireOperands(0);
        Path folder = models();
        Path spec = folder.resolve(MODEL + ".yaml");
        Path weights = folder.resolve(MODEL + ".safetensors");
        Map<Path, String> truths = truths(folder.resolve(MODEL + "-pictures"));
        CompilerOptions options = CompilerOptions.of(spec).withWeights(weights);
        try (PrivateFolder temporary = PrivateFolder.create()) {
            Path jar = temporary.path().resolve(MODEL + ".jar");
            CompilationReport report = CompileVerb.compile(options, jar, console);
            console.answer("compiled %s with %s in %s".formatted(shown(spec), weights.getFileName(),
                    Quantities.seconds(report.duration())));
            console.answer("");
            classify(jar, truths, console);
        }
        return ExitCode.FINE;
    }

    private static Path models() throws InputException {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new InputException(
                    "the demo's files are in the project's folder; start it as ./xceptionc demo there, "
                            + "or name the folder to Java by -D" + HOME + "=FOLDER");
        }
        return Path.of(home).resolve(MODELS);
    }

    /** The path as one types it in the working folder, if the file is below that. */
    private static Path shown(Path path) {
        Path working = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(working) ? working.relativize(absolute) : absolute;
    }

    /** The true label of each picture, from the list beside the pictures. */
    private static Map<Path, String> truths(Path pictures) throws InputException, IOException {
        Path list = pictures.resolve("labels.csv");
        Map<Path, String> truths = new LinkedHashMap<>();
        for (String line : Files.readAllLines(list, StandardCharsets.UTF_8).stream().skip(1).toList()) {
            String[] fields = line.split(",", -1);
            if (fields.length != 2) {
                throw new InputException(list + ": a line is not FILE,LABEL");
            }
            truths.put(pictures.resolve(fields[0]), fields[1]);
        }
        return truths;
    }

    private static void classify(Path jar, Map<Path, String> truths, Console console)
            throws InputException, IOException {
        TextTable table = new TextTable(List.of(LEFT, LEFT, LEFT, RIGHT, RIGHT),
                List.of("picture", "truth", "answer", "probability", "time"));
        int right = 0;
        for (Answers.Answer answer : answers(jar, List.copyOf(truths.keySet()), console)) {
            if (answer.classes().isEmpty()) {
                throw new InputException(answer.input() + ": " + answer.problem());
            }
            Path picture = Path.of(answer.input());
            Classification best = answer.classes().getFirst();
            boolean isRight = best.label().equals(truths.get(picture));
            right += isRight ? 1 : 0;
            table.add(List.of(picture.getFileName().toString(), truths.get(picture),
                    best.label() + (isRight ? "" : " (wrong)"), String.format(Locale.ROOT, "%.4f", best.score()),
                    Quantities.milliseconds(answer.milliseconds())));
        }
        table.lines().forEach(console::answer);
        console.answer("");
        console.answer("%d of %d right".formatted(right, truths.size()));
    }

    private static List<Answers.Answer> answers(Path jar, List<Path> pictures, Console console) throws IOException {
        try (CompiledModel model = CompiledModel.open(jar);
                Progress progress = console.progress("classifying", pictures.size())) {
            Answers answers = new Answers(model.signature(), 1);
            new Predictor(model).run(new InputImages(model.signature()).of(pictures), progress, answers::add);
            return answers.list();
        }
    }
}
