package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.file.PrivateFolder;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.ForeignOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.ImportOptions;
import io.xceptionc.compiler.api.ImportReport;
import io.xceptionc.compiler.api.ModelImport;
import io.xceptionc.compiler.api.PictureGuess;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A spec to work with: the user's, or that of another tool's model, which lies in a private folder until this is
 * closed.
 */
final class NetworkFiles implements AutoCloseable {

    /** What is assumed of a model that does not say how pictures become its input, and how to say otherwise. */
    static String guess(PictureGuess guess) {
        return guess.unknown() + " is not in the file; taken is " + guess.taken()
                + (guess.hint().isEmpty() ? "" : " (" + guess.hint() + ")") + "; " + ForeignOptions.ofPictures()
                + " say otherwise";
    }

    /** Why options of other tools' models do not go with a spec. */
    static final String SPEC_SAYS_IT = "a spec says it itself";

    private final Path given;
    private final Optional<PrivateFolder> folder;
    private final Optional<ImportReport> imported;

    private NetworkFiles(Path given, Optional<PrivateFolder> folder, Optional<ImportReport> imported) {
        this.given = given;
        this.folder = folder;
        this.imported = imported;
    }

    /**
     * Takes a spec as it is, and imports a model.
     *
     * @param input height and width of a model's input in place of its own
     */
    static NetworkFiles of(Path given, CommandArguments arguments, Optional<ImageSize> input, Console console)
            throws UsageException, InvalidInputException, IOException {
        if (!ModelImport.isForeign(given)) {
            ForeignOptions.requireNoneOfPictures(arguments, SPEC_SAYS_IT);
            return new NetworkFiles(given, Optional.empty(), Optional.empty());
        }
        ImportOptions options = ForeignOptions.read(arguments, given, input);
        PrivateFolder folder = PrivateFolder.create();
        try {
            ImportReport report = ModelImport.write(options, folder.path());
            console.message(given + ": imported from " + report.origin());
            report.findings().forEach(finding -> console.message("note: " + finding));
            return new NetworkFiles(given, Optional.of(folder), Optional.of(report));
        } catch (InvalidInputException | IOException | RuntimeException | Error failure) {
            folder.close();
            throw failure;
        }
    }

    /** The same for the network of a compilation; a model brings its weights. */
    static NetworkFiles of(CompilerOptions options, CommandArguments arguments, Console console)
            throws UsageException, InvalidInputException, IOException {
        Path network = options.network().spec();
        if ((options.network().weights().isPresent() || options.network().seed().isPresent())
                && ModelImport.isForeign(network)
                && (options.network().seed().isPresent() || !ModelImport.isWithoutWeights(network))) {
            throw new UsageException(
                    "--weights and --seed go with a spec; " + network + " has its own weights");
        }
        return of(network, arguments, options.network().input(), console);
    }

    /** Whether it is another tool's model that was imported. */
    boolean areImported() {
        return imported.isPresent();
    }

    /** Says how pictures are taken, if nobody else does. */
    void noteHowPicturesAreTaken(CommandArguments arguments, Console console) {
        if (!ForeignOptions.sayHowPicturesAreTaken(arguments)) {
            imported.flatMap(ImportReport::pictureGuess)
                    .ifPresent(taken -> console.message("note: " + guess(taken)));
        }
    }

    /** The spec. */
    Path spec() {
        return imported.map(ImportReport::spec).orElse(given);
    }

    /** Options that name the files that there are, in place of those that the user gave. */
    CompilerOptions resolved(CompilerOptions options) {
        return imported.isEmpty()
                ? options
                : options.withSpec(imported.get().spec()).withWeights(imported.get().weights());
    }

    /** Options as a report shows them: with files that the user knows. */
    CompilerOptions shown(CompilerOptions options) {
        return imported.isEmpty() ? options : options.withWeights(given);
    }

    @Override
    public void close() {
        folder.ifPresent(PrivateFolder::close);
    }
}
