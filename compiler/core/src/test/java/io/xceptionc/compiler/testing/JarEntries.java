package io.xceptionc.compiler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The entries of a model jar, to be changed and written again. */
public final class JarEntries {

    private final SequencedMap<String, byte[]> entries = new LinkedHashMap<>();

    private JarEntries() {}

    /** Reads a jar. */
    public static JarEntries of(Path jar) throws IOException {
        JarEntries content = new JarEntries();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                content.entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return content;
    }

    private String name(String ending) {
        return entries.keySet().stream().filter(name -> name.endsWith(ending)).findFirst().orElseThrow();
    }

    /** The content of the entry with an ending. */
    public byte[] bytes(String ending) {
        return entries.get(name(ending));
    }

    /** The content of the entry with an ending, as text. */
    public String text(String ending) {
        return new String(bytes(ending), UTF_8);
    }

    /** Changes the text of an entry. */
    public JarEntries change(String ending, UnaryOperator<String> change) {
        return replace(ending, change.apply(text(ending)).getBytes(UTF_8));
    }

    /** Replaces the content of an entry. */
    public JarEntries replace(String ending, byte[] content) {
        entries.put(name(ending), content);
        return this;
    }

    /** Removes an entry. */
    public JarEntries remove(String ending) {
        entries.remove(name(ending));
        return this;
    }

    /** Replaces the weights, and their digest as if they had always been those. */
    public JarEntries replaceWeights(byte[] weights) {
        try {
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
            return replace(".weights", weights).change(".properties",
                    text -> text.replaceFirst("constants.sha256 = [0-9a-f]+", "constants.sha256 = " + digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a jar. */
    public Path writeTo(Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : entries.keySet()) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(entries.get(name));
                zip.closeEntry();
            }
        }
        return jar;
    }
}
