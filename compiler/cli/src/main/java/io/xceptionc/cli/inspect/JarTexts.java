package io.xceptionc.cli.inspect;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.diagnostic.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads texts in a jar, which is not run. */
public final class JarTexts {

    private static final int MOST_BYTES = 1 << 26;
    private static final int MOST_FILES = 100;

    private JarTexts() {}

    /**
     * The texts with certain names, in the jar's order.
     *
     * @throws InputException if it is no jar
     */
    public static Map<String, String> read(Path jar, Predicate<String> isWanted) throws InputException, IOException {
        requireFile(jar);
        Map<String, String> texts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            int bytesLeft = MOST_BYTES;
            for (ZipEntry entry : zip.stream().filter(entry -> isWanted.test(entry.getName())).limit(MOST_FILES)
                    .toList()) {
                byte[] bytes = bytes(zip, entry, bytesLeft);
                bytesLeft -= bytes.length;
                texts.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (ZipException | EOFException e) {
            throw new InputException(jar + " is no readable jar file: " + e.getMessage()
                    + "; copy it again, or compile the model again");
        }
        return texts;
    }

    private static void requireFile(Path jar) throws InputException {
        Optional<String> problem = RegularFile.problem(jar);
        if (problem.isPresent()) {
            throw new InputException(jar + " " + problem.get() + (Files.isDirectory(jar) ? ", not a model jar" : ""));
        }
        if (!Files.isReadable(jar)) {
            throw new InputException(jar + " cannot be read; check its permissions");
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws InputException, IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] bytes = stream.readNBytes(most);
            if (stream.read() >= 0) {
                throw new InputException("the source in this jar is too large to be generated");
            }
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (crc.getValue() != entry.getCrc()) {
                throw new ZipException(entry.getName() + " is damaged");
            }
            return bytes;
        }
    }
}
