package io.xceptionc.compiler.format.zip;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.Inflation;
import io.xceptionc.compiler.format.file.MappedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A zip archive, also of more than 4 GiB (zip64), whose members lie inside the file without overlapping, are described
 * alike at both places where the format describes them, and have names that are unique and lead nowhere else.
 * Thread-safe.
 *
 * <p> The bytes of stored members can be read where they lie; that is why this is not {@link java.util.zip.ZipFile},
 * which does not tell where that is, opens the path once more, and does not compare both descriptions.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format of zip archives</a>
 */
public final class ZipArchive {

    static final String HELP = "the archive is damaged; save or download it again";

    /** What all deflated members may be inflated to. */
    static final long MOST_INFLATED_BYTES = 4L << 30;

    /** Deflate cannot make more of a byte: 258 bytes take at least 2 bits. */
    private static final long HIGHEST_RATIO = 1032;

    private final MappedFile file;
    private final Map<String, ZipMember> members = new LinkedHashMap<>();

    private ZipArchive(MappedFile file) {
        this.file = file;
    }

    /**
     * Reads what is in an archive, but not yet the members' bytes; the file remains the caller's to close.
     *
     * @throws InvalidInputException if it is no zip archive, damaged, or has something that is not supported
     */
    public static ZipArchive of(MappedFile file) throws InvalidInputException {
        ZipArchive archive = new ZipArchive(file);
        ZipDirectory directory = ZipDirectory.find(file);
        for (ZipMember member : new LocalHeaders(file, directory.byteOffset()).located(directory.entries())) {
            if (archive.members.putIfAbsent(member.name(), member) != null) {
                throw archive.damaged(member, "is there twice");
            }
        }
        archive.requireBounded();
        return archive;
    }

    private void requireBounded() throws InvalidInputException {
        long total = 0;
        for (ZipMember member : members.values()) {
            if (member.isStored()) {
                continue;
            }
            if (member.byteCount() / HIGHEST_RATIO > member.storedByteCount()) {
                throw damaged(member, "declares " + member.byteCount() + " bytes, which cannot have been deflated to "
                        + member.storedByteCount());
            }
            if (Inflation.isSuspicious(member.storedByteCount(), member.byteCount())) {
                throw file.damaged("has the member " + Quotation.of(member.name()) + ", which is to become "
                        + member.byteCount() + " bytes of " + member.storedByteCount() + ", as no weights do",
                        "if that is intended, pack the archive anew without compression");
            }
            total += Math.min(member.byteCount(), MOST_INFLATED_BYTES + 1);
            if (total > MOST_INFLATED_BYTES) {
                throw file.damaged("has members that inflate to more than " + MOST_INFLATED_BYTES + " bytes together",
                        "if that is intended, pack the archive anew without compression");
            }
        }
    }

    /** All members, folders among them, in the order of the archive's directory. */
    public List<ZipMember> members() {
        return List.copyOf(members.values());
    }

    /** The member of a name. */
    public Optional<ZipMember> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /**
     * The bytes of a member; an {@link IOException} of the stream says what is wrong with them, and a stream that has
     * been read to its end has seen to it that nothing is.
     */
    public InputStream stream(ZipMember member) {
        return MemberStream.of(file, member);
    }

    /**
     * All bytes of a member, once they have the member's checksum.
     *
     * @param most how many may be read, which the file may not decide
     * @throws InvalidInputException if there are more, or they are damaged
     */
    public byte[] bytes(ZipMember member, int most) throws InvalidInputException {
        if (member.byteCount() > most) {
            throw damaged(member, "has " + member.byteCount() + " bytes, more than the " + most + " allowed");
        }
        return bytes(member, 0, (int) member.byteCount());
    }

    /**
     * Some bytes of a member, once all have the member's checksum; no more are held in memory.
     *
     * @param byteOffset where they begin in it; all must be there
     * @throws InvalidInputException if the member is damaged
     */
    public byte[] bytes(ZipMember member, long byteOffset, int byteCount) throws InvalidInputException {
        try (InputStream stream = stream(member)) {
            stream.skipNBytes(byteOffset);
            byte[] bytes = new byte[byteCount];
            if (stream.readNBytes(bytes, 0, byteCount) < byteCount) {
                throw new IOException("ends before the bytes that are wanted");
            }
            stream.transferTo(OutputStream.nullOutputStream());
            return bytes;
        } catch (IOException failure) {
            throw unreadable(member, failure);
        }
    }

    /**
     * Reads a member once and forgets it, before its bytes are taken from where they lie.
     *
     * @throws InvalidInputException if the bytes are damaged
     */
    public void requireIntact(ZipMember member) throws InvalidInputException {
        try (InputStream bytes = stream(member)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failure) {
            throw unreadable(member, failure);
        }
    }

    /** The problem that a member's stream has met. */
    public InvalidInputException unreadable(ZipMember member, IOException failure) {
        return failure.getCause() instanceof InvalidInputException problem
                ? problem
                : damaged(member, failure.getMessage());
    }

    private InvalidInputException damaged(ZipMember member, String message) {
        return damaged(file, member.name(), message);
    }

    static InvalidInputException damaged(MappedFile file, String memberName, String message) {
        return file.damaged("has the member " + Quotation.of(memberName) + ", which " + message, HELP);
    }
}
