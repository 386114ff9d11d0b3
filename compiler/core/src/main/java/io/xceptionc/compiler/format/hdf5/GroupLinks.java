package io.xceptionc.compiler.format.hdf5;

import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The links of a group, which lie in a symbol table, in its header, or in a heap with an index. */
final class GroupLinks {

    /** As many as tensors; a layer needs a handful. */
    private static final int MOST_LINKS = 100_000;

    private static final int SOFT = 2;

    private final MappedStorage storage;
    private final Map<String, Hdf5Link> links = new LinkedHashMap<>();

    private GroupLinks(MappedStorage storage) {
        this.storage = storage;
    }

    static Map<String, Hdf5Link> read(MappedStorage storage, ObjectHeader header) {
        GroupLinks group = new GroupLinks(storage);
        if (header.hasMessageOfType(SymbolTableMessage.class)) {
            group.readSymbolTable(header.getMessageOfType(SymbolTableMessage.class));
        } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
            header.getMessagesOfType(LinkMessage.class).forEach(group::add);
            group.readHeap(header.getMessageOfType(LinkInfoMessage.class));
        } else {
            throw Refusal.damaged("is neither a group nor a dataset");
        }
        return group.links;
    }

    private void readSymbolTable(SymbolTableMessage message) {
        ByteBuffer names = new LocalHeap(storage, message.getLocalHeapAddress()).getDataBuffer();
        for (long address : BTreeV1.createGroupBTree(storage, message.getBTreeAddress()).getChildAddresses()) {
            for (SymbolTableEntry entry : new GroupSymbolTableNode(storage, address).getSymbolTableEntries()) {
                add(name(names, entry.getLinkNameOffset()), entry.getCacheType() == SOFT
                        ? new Hdf5Link.Soft(name(names, entry.getLinkValueOffset()))
                        : new Hdf5Link.Hard(entry.getObjectHeaderAddress()));
            }
        }
    }

    private static String name(ByteBuffer names, int byteOffset) {
        return Utils.readUntilNull(names.position(byteOffset));
    }

    private void readHeap(LinkInfoMessage message) {
        if (message.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
            return;
        }
        FractalHeap heap = IndexedHeap.heap(storage, message.getFractalHeapAddress());
        IndexedHeap.<LinkNameForIndexedGroupRecord>records(storage, message.getBTreeNameIndexAddress())
                .forEach(entry -> add(LinkMessage.fromBuffer(heap.getId(entry.getId()), storage.getSuperblock())));
    }

    private void add(LinkMessage message) {
        add(message.getLinkName(), switch (message.getLinkType()) {
            case HARD -> new Hdf5Link.Hard(message.getHardLinkAddress());
            case SOFT -> new Hdf5Link.Soft(message.getSoftLink());
            case EXTERNAL -> new Hdf5Link.External(message.getExternalFile());
        });
    }

    private void add(String name, Hdf5Link link) {
        if (links.size() == MOST_LINKS) {
            throw Refusal.damaged("is a group of more than " + MOST_LINKS + " members");
        }
        if (links.putIfAbsent(name, link) != null) {
            throw Refusal.damaged("has two members of one name");
        }
    }
}
