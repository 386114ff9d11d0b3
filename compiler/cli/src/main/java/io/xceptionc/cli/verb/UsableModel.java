package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.DiagnosticReport;
import io.xceptionc.cli.console.Quantities;
import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.ForeignOptions;
import io.xceptionc.cli.option.NetworkOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.CompilationReport;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.ModelImport;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Option;

/**
 * A model jar to work with: the user's, or one compiled from a spec or a model, in a private folder until this is
 * closed.
 */
final class UsableModel implements AutoCloseable {

    private static final String JAR_NAME = "model.jar";

    private final Path jar;
    private final Optional<PrivateFolder> folder;

    private UsableModel(Path jar, Optional<PrivateFolder> folder) {
        this.jar = jar;
        this.folder = folder;
    }

    /** Takes a model jar as it is, and compiles a spec or another tool's model. */
    static UsableModel of(Path given, CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, IOException {
        if (isJar(given)) {
            requireNoNetworkOptions(arguments);
            return new UsableModel(given, Optional.empty());
        }
        CompilerOptions options = NetworkOptions.read(arguments, given);
        PrivateFolder folder = PrivateFolder.create();
        try (NetworkFiles files = NetworkFiles.of(options, arguments, console)) {
            Path jar = folder.path().resolve(JAR_NAME);
            CompilationReport report = CompileVerb.compile(files.resolved(options).withoutSelfTest(), jar, console);
            DiagnosticReport.print(report.warnings(), console);
            console.message("%s: compiled in %s, weights %s".formatted(given, Quantities.seconds(report.duration()),
                    NetworkOptions.weightsOrigin(files.shown(options))));
            files.noteHowPicturesAreTaken(arguments, console);
            return new UsableModel(jar, Optional.of(folder));
        } catch (UsageException | InvalidInputException | IOException | RuntimeException | Error failure) {
            folder.close();
            throw failure;
        }
    }

    /** Whether a file is taken for a model jar: it is neither a spec nor another tool's model. */
    static boolean isJar(Path given) throws IOException {
        return !isSpec(given) && !ModelImport.isForeign(given);
    }

    private static boolean isSpec(Path given) {
        String name = given.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static void requireNoNetworkOptions(CommandArguments arguments) throws UsageException {
        for (Option option : NetworkOptions.all().getOptions()) {
            if (arguments.has(option)) {
                throw new UsageException(
                        CommandArguments.name(option) + " goes with a spec; a model jar is compiled already");
            }
        }
        ForeignOptions.requireNoneOfPictures(arguments, "a model jar is compiled already");
    }

    /** The jar. */
    Path jar() {
        return jar;
    }

    @Override
    public void close() {
        folder.ifPresent(PrivateFolder::close);
    }
}
