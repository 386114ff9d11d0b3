package io.xceptionc.compiler.format.zip;

/**
 * A file in a zip archive.
 *
 * @param name its path in the archive, with {@code /} between folders; never absolute, never out of the archive
 * @param isStored whether its bytes lie in the archive as they are; they are deflated if not
 * @param byteOffset where its bytes begin in the archive
 * @param storedByteCount how many bytes it takes in the archive
 * @param byteCount how many bytes it has
 * @param checksum their CRC-32
 */
public record ZipMember(
        String name,
        boolean isStored,
        long byteOffset,
        long storedByteCount,
        long byteCount,
        int checksum) {

    /** Whether it stands for a folder; such have no bytes. */
    public boolean isFolder() {
        return name.endsWith("/");
    }
}
