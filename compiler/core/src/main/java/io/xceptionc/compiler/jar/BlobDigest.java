package io.xceptionc.compiler.jar;

import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.runtime.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * What must be known of a blob before it is stored in a jar.
 *
 * @param crc32 as the jar's directory holds it
 * @param sha256 as the model's metadata holds it, in hexadecimal
 */
record BlobDigest(long crc32, String sha256) {

    static BlobDigest of(Constants constants, Storage storage) throws IOException {
        CRC32 crc = new CRC32();
        MessageDigest digest = sha256Digest();
        constants
                .writeTo(new CheckedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest), crc),
                        storage);
        return new BlobDigest(crc.getValue(), HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
