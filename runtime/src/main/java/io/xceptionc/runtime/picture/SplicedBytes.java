package io.xceptionc.runtime.picture;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Bytes put together from parts of others, none of which is copied. */
final class SplicedBytes implements ByteSource {

    private final TreeMap<Long, ByteSource> parts = new TreeMap<>();
    private long length;

    /** Appends a part. */
    SplicedBytes add(ByteSource part) {
        if (part.length() > 0) {
            parts.put(length, part);
            length += part.length();
        }
        return this;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, byte[] target, int start, int count) throws IOException {
        if (position >= length) {
            return -1;
        }
        Map.Entry<Long, ByteSource> part = parts.floorEntry(position);
        return part.getValue().read(position - part.getKey(), target, start, count);
    }
}
