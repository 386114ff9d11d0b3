package io.xceptionc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether files and texts are still the same, by their SHA-256. */
final class FileDigests {

    private FileDigests() {}

    /** The digest of a text. */
    static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8)));
    }

    /** The digest of a file's bytes, or of all files in a folder with their names; empty if there is neither. */
    static String of(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            return ofFile(file);
        }
        if (!Files.isDirectory(file)) {
            return "";
        }
        StringBuilder content = new StringBuilder();
        try (Stream<Path> files = Files.walk(file)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path inner : sorted) {
                content.append(file.relativize(inner)).append(' ').append(ofFile(inner)).append('\n');
            }
        }
        return ofText(content.toString());
    }

    private static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
