package io.xceptionc.cli.verb;

import io.xceptionc.cli.console.Console;
import io.xceptionc.cli.console.ExitCode;
import io.xceptionc.cli.console.TableFormat;
import io.xceptionc.cli.inspect.JarParts;
import io.xceptionc.cli.inspect.ModelDescription;
import io.xceptionc.cli.option.CommandArguments;
import io.xceptionc.cli.option.CommonOptions;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.runtime.ModelMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Says what a model jar is. */
final class InfoVerb implements Verb {

    private static final Option FORMAT = CommonOptions.tableFormat();

    @Override
    public Manual manual() {
        return new Manual("info", "MODEL.jar [--format table|json]", "says what a model jar is", List.of(
                "Tells its input, outputs, labels and what is done with pictures, its steps and weights, whether it",
                "carries a self-test, its digest, and what its bytes are spent on. Nothing of the jar is run."),
                "xceptionc info xception.jar");
    }

    @Override
    public Options options() {
        return new Options().addOption(FORMAT);
    }

    @Override
    public ExitCode run(CommandArguments arguments, Console console) throws UsageException, IOException {
        TableFormat format = arguments.choice(FORMAT, TableFormat.TABLE);
        Path jar = arguments.onlyPath("MODEL.jar");
        ModelMetadata metadata = ModelMetadata.ofJar(jar);
        ModelDescription description = new ModelDescription(metadata, sha256(jar), JarParts.of(jar));
        format.print(description.lines(), description::write, console);
        return ExitCode.FINE;
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
