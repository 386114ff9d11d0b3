package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;
import io.xceptionc.compiler.format.zip.ZipArchive;
import io.xceptionc.compiler.format.zip.ZipMember;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip archive of one folder with {@code data.pkl} and, for the
 * storage of each key, {@code data/<key>}.
 *
 * @see <a href="https://pytorch.org/docs/stable/notes/serialization.html#saved-format">the format of PyTorch's files</a>
 */
final class ZipCheckpoint implements StorageBytes {

    private static final String PICKLE = "data.pkl";
    private static final int MOST_PICKLE_BYTES = 64 << 20;
    private static final int LONGEST_NOTE = 20;
    private static final int NEWEST_VERSION = 10;

    private final MappedFile file;
    private final ZipArchive archive;
    private final String folder;
    private final Set<ZipMember> intact = ConcurrentHashMap.newKeySet();

    private ZipCheckpoint(MappedFile file, ZipArchive archive, String folder) {
        this.file = file;
        this.archive = archive;
        this.folder = folder;
    }

    /** Whether an archive looks like one. */
    static boolean isLike(ZipArchive archive) {
        return !pickles(archive).isEmpty();
    }

    private static List<ZipMember> pickles(ZipArchive archive) {
        return archive.members().stream().filter(member -> member.name().endsWith("/" + PICKLE)).toList();
    }

    /** Of an archive that {@link #isLike} one. */
    static ZipCheckpoint of(MappedFile file, ZipArchive archive) throws InvalidInputException {
        List<ZipMember> pickles = pickles(archive);
        if (pickles.size() != 1) {
            throw file.damaged("has " + pickles.size() + " members called " + PICKLE + ", but a checkpoint has one",
                    Unpickler.RESAVE);
        }
        String pickle = pickles.getFirst().name();
        ZipCheckpoint checkpoint =
                new ZipCheckpoint(file, archive, pickle.substring(0, pickle.length() - PICKLE.length()));
        checkpoint.requireNoScript();
        checkpoint.requireVersion();
        return checkpoint;
    }

    private void requireNoScript() throws InvalidInputException {
        if (archive.members().stream().anyMatch(member -> member.name().equals(folder + "constants.pkl")
                || member.name().startsWith(folder + "code/"))) {
            throw file.damaged("is a TorchScript archive, a program and not a state dict",
                    "in Python, torch.save(torch.jit.load(path).state_dict(), new_path) saves its tensors");
        }
    }

    private void requireVersion() throws InvalidInputException {
        String version = note("version").orElse("3");
        if (!version.matches("[0-9]{1,9}") || Integer.parseInt(version) > NEWEST_VERSION) {
            throw file.damaged("has the format version " + Quotation.of(version) + " of PyTorch; up to "
                    + NEWEST_VERSION + " are known",
                    "save it with torch.save of a PyTorch before that, or as safetensors");
        }
        String order = note("byteorder").orElse("little");
        if (!order.equals("little")) {
            throw file.damaged("has the byte order " + Quotation.of(order) + ", not little",
                    "load and save it on a little-endian machine, or save it as safetensors");
        }
    }

    /** A short text beside the pickle. */
    private Optional<String> note(String name) throws InvalidInputException {
        Optional<ZipMember> member = archive.find(folder + name);
        return member.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new String(archive.bytes(member.get(), LONGEST_NOTE), StandardCharsets.ISO_8859_1).strip());
    }

    /** What was saved. */
    PickleValue root() throws InvalidInputException {
        ZipMember pickle = archive.find(folder + PICKLE).orElseThrow();
        if (pickle.byteCount() > MOST_PICKLE_BYTES) {
            throw file.damaged("has a pickle of " + pickle.byteCount() + " bytes, more than the " + MOST_PICKLE_BYTES
                    + " allowed", Unpickler.RESAVE);
        }
        byte[] bytes = archive.bytes(pickle, MOST_PICKLE_BYTES);
        return Unpickler.load(new PickleReader(inMemory(bytes), 0, bytes.length));
    }

    @Override
    public void require(Storage storage) throws InvalidInputException {
        ZipMember member = member(storage);
        if (member.byteCount() < storage.byteCount()) {
            throw file.damaged("has the member " + Quotation.of(member.name()) + " of " + member.byteCount()
                    + " bytes, but " + storage.elementCount() + " elements of " + storage.type() + " take "
                    + storage.byteCount(), PickleReader.DAMAGED);
        }
    }

    private ZipMember member(Storage storage) throws InvalidInputException {
        String name = folder + "data/" + storage.key();
        Optional<ZipMember> member = archive.find(name);
        if (member.isEmpty()) {
            throw file.damaged("lacks the member " + Quotation.of(name) + ", where a tensor should be",
                    PickleReader.DAMAGED);
        }
        return member.get();
    }

    @Override
    public Located locate(Storage storage, long firstByte, long byteCount) throws InvalidInputException {
        ZipMember member = member(storage);
        if (!member.isStored()) {
            if (byteCount > TensorInfo.LARGEST_ARRAY) {
                throw file.damaged(
                        "has a tensor of " + byteCount + " bytes in the member " + Quotation.of(member.name())
                                + ", too many to be inflated",
                        "pack the archive anew without compression, as PyTorch does");
            }
            return new Located(inMemory(archive.bytes(member, firstByte, (int) byteCount)), 0);
        }
        if (!intact.contains(member)) {
            archive.requireIntact(member);
            intact.add(member);
        }
        return new Located(file, member.byteOffset() + firstByte);
    }

    /** Under the file's name. */
    @SuppressWarnings("MustBeClosedChecker") // There is nothing to free but what the garbage collector frees.
    private MappedFile inMemory(byte[] bytes) {
        return new MappedFile(file.name(), Arena.ofAuto(), MemorySegment.ofArray(bytes));
    }
}
