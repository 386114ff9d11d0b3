package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.pytorch.PickleValue.Dictionary;
import io.xceptionc.compiler.format.pytorch.PickleValue.Sequence;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;
import io.xceptionc.compiler.format.pytorch.PickleValue.Text;
import io.xceptionc.compiler.format.pytorch.PickleValue.Truth;
import io.xceptionc.compiler.format.pytorch.PickleValue.Whole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote before PyTorch 1.6: pickles one after the other (a magic number, a version, the
 * machine, what was saved, the keys of its storages), then for each key the number of elements in 8 bytes and the
 * elements.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v1.13.1/torch/serialization.py#L430">the function that writes it</a>
 */
final class LegacyCheckpoint implements StorageBytes {

    /** The magic number 0x1950a86a20f9469cfc6c as pickles have it. */
    private static final String MAGIC = "\212\nl\374\234F\371 j\250P\31.";
    private static final int PROTOCOL_BYTES = 2;
    private static final int FRAME_BYTES = 9;

    private static final int VERSION = 1001;
    private static final long MOST_PICKLE_BYTES = 64L << 20;

    private final MappedFile file;
    private final PickleValue root;
    private final Map<String, Storage> storages = new HashMap<>();
    private final Map<String, Long> byteOffsets = new HashMap<>();

    private LegacyCheckpoint(MappedFile file) throws InvalidInputException {
        this.file = file;
        PickleReader reader =
                new PickleReader(file, 0, Math.min(file.byteSize(), MOST_PICKLE_BYTES));
        Unpickler.load(reader);
        if (!(Unpickler.load(reader) instanceof Whole version) || version.value() != VERSION) {
            throw reader.damaged("does not give the version " + VERSION + " of PyTorch's older format");
        }
        if (Unpickler.load(reader) instanceof Dictionary machine
                && machine.find("little_endian").orElse(null) instanceof Truth isLittle && !isLittle.value()) {
            throw file.damaged("was saved on a big-endian machine",
                    "load and save it on a little-endian machine, or save it as safetensors");
        }
        this.root = Unpickler.load(reader, storages);
        locateAll(keys(reader), reader.position());
    }

    /** Whether a file begins with the magic number in a pickle. */
    static boolean isLike(MappedFile file) throws InvalidInputException {
        int length = (int) Math.min(file.byteSize(), PROTOCOL_BYTES + FRAME_BYTES + MAGIC.length());
        String beginning = new String(file.bytes(0, length), StandardCharsets.ISO_8859_1);
        return beginning.startsWith("\200") && (beginning.startsWith(MAGIC, PROTOCOL_BYTES)
                || beginning.startsWith(MAGIC, PROTOCOL_BYTES + FRAME_BYTES));
    }

    /** Of a file that {@link #isLike} one. */
    static LegacyCheckpoint of(MappedFile file) throws InvalidInputException {
        return new LegacyCheckpoint(file);
    }

    private static List<String> keys(PickleReader reader) throws InvalidInputException {
        if (!(Unpickler.load(reader) instanceof Sequence sequence)) {
            throw reader.damaged("does not list the storages that follow");
        }
        List<String> keys = new ArrayList<>();
        for (PickleValue element : sequence.elements()) {
            if (!(element instanceof Text key)) {
                throw reader.damaged("has a storage whose key is no text");
            }
            keys.add(key.value());
        }
        return keys;
    }

    private void locateAll(List<String> keys, long begin) throws InvalidInputException {
        long position = begin;
        for (String key : keys) {
            Storage storage = storages.get(key);
            if (storage == null || byteOffsets.containsKey(key)) {
                throw damaged("has the storage " + Quotation.of(key)
                        + (storage == null ? ", which no tensor uses" : " twice"));
            }
            long remaining = file.byteSize() - position - Long.BYTES;
            if (storage.byteCount() > remaining) {
                throw damaged("is cut off: the storage " + Quotation.of(key) + " has " + storage.byteCount()
                        + " bytes, but only " + Math.max(0, remaining) + " follow");
            }
            long declared = new PickleReader(file, position, position + Long.BYTES).signedLong();
            if (declared != storage.elementCount()) {
                throw damaged("has " + declared + " elements in the storage " + Quotation.of(key)
                        + ", whose tensors want " + storage.elementCount());
            }
            byteOffsets.put(key, position + Long.BYTES);
            position += Long.BYTES + storage.byteCount();
        }
        if (position < file.byteSize()) {
            throw damaged("has more data than tensors: they end at byte " + position + " of " + file.byteSize());
        }
    }

    /** What was saved. */
    PickleValue root() {
        return root;
    }

    @Override
    public void require(Storage storage) throws InvalidInputException {
        if (!byteOffsets.containsKey(storage.key())) {
            throw damaged("lacks the storage " + Quotation.of(storage.key()) + ", where a tensor should be");
        }
    }

    @Override
    public Located locate(Storage storage, long firstByte, long byteCount) {
        return new Located(file, byteOffsets.get(storage.key()) + firstByte);
    }

    private InvalidInputException damaged(String message) {
        return file.damaged(message, PickleReader.DAMAGED);
    }
}
