package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GlobalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.Utils;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts of an attribute: strings of one length in the attribute, or of any length in heaps. */
final class TextAttributes {

    private static final int MOST_TEXTS = 100_000;

    private final MappedStorage storage;
    private final Map<Long, GlobalHeap> heaps = new HashMap<>();

    private TextAttributes(MappedStorage storage) {
        this.storage = storage;
    }

    /** The texts of the attribute of a name; empty if there is none. */
    static Optional<List<String>> read(MappedStorage storage, ObjectHeader header, String name) {
        List<AttributeMessage> attributes = new ArrayList<>(header.getMessagesOfType(AttributeMessage.class));
        header.getMessagesOfType(AttributeInfoMessage.class)
                .forEach(message -> attributes.addAll(inHeap(storage, message)));
        return attributes.stream().filter(attribute -> attribute.getName().equals(name)).findFirst()
                .map(new TextAttributes(storage)::texts);
    }

    private static List<AttributeMessage> inHeap(MappedStorage storage, AttributeInfoMessage message) {
        if (message.getFractalHeapAddress() == Constants.UNDEFINED_ADDRESS) {
            return List.of();
        }
        FractalHeap heap = IndexedHeap.heap(storage, message.getFractalHeapAddress());
        return IndexedHeap
                .<AttributeNameForIndexedAttributesRecord>records(storage, message.getAttributeNameBTreeAddress())
                .stream()
                .map(entry -> new AttributeMessage(heap.getId(entry.getHeapId()), storage, entry.getFlags())).toList();
    }

    private List<String> texts(AttributeMessage attribute) {
        ByteBuffer bytes = attribute.getDataBuffer();
        if (bytes == null) {
            return List.of();
        }
        long count = attribute.getDataSpace().getTotalLength();
        DataType type = attribute.getDataType();
        if (count > MOST_TEXTS || type.getSize() < 1) {
            throw Refusal
                    .damaged("has the attribute '" + attribute.getName() + "' of more than " + MOST_TEXTS + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer element = Utils.createSubBuffer(bytes, type.getSize());
            texts.add(switch (type) {
                case StringData _ -> untilNull(element);
                case VariableLength variable when variable.isVariableLengthString() -> inHeap(element);
                default -> throw Refusal.damaged("has the attribute '" + attribute.getName() + "', which is no text");
            });
        }
        return texts;
    }

    /** {@code length, address of a heap, index in it}. */
    private String inHeap(ByteBuffer reference) {
        int length = reference.getInt();
        long address = Utils.readBytesAsUnsignedLong(reference, storage.getSizeOfOffsets());
        int index = reference.getInt();
        if (length == 0) {
            return "";
        }
        ByteBuffer object = heaps.computeIfAbsent(address, at -> new GlobalHeap(storage, at)).getObjectData(index);
        return untilNull(Utils.createSubBuffer(object, length));
    }

    private static String untilNull(ByteBuffer bytes) {
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
