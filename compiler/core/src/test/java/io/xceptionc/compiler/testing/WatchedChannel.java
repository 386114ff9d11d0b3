package io.xceptionc.compiler.testing;

import io.xceptionc.compiler.testing.WatchedFiles.Operation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A channel of {@link WatchedFiles}. */
final class WatchedChannel extends FileChannel {

    private final WatchedFiles files;
    private final Path path;
    private final FileChannel inner;

    WatchedChannel(WatchedFiles files, Path path, FileChannel inner) {
        this.files = files;
        this.path = path;
        this.inner = inner;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        files.before(Operation.READ, path);
        return inner.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] bytes, int start, int count) throws IOException {
        files.before(Operation.READ, path);
        return inner.read(bytes, start, count);
    }

    @Override
    public int read(ByteBuffer bytes, long byteOffset) throws IOException {
        files.before(Operation.READ, path);
        return inner.read(bytes, byteOffset);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        files.before(Operation.WRITE, path);
        int written = inner.write(bytes);
        files.after(Operation.WRITE, path);
        return written;
    }

    @Override
    public long write(ByteBuffer[] bytes, int start, int count) throws IOException {
        files.before(Operation.WRITE, path);
        long written = inner.write(bytes, start, count);
        files.after(Operation.WRITE, path);
        return written;
    }

    @Override
    public int write(ByteBuffer bytes, long byteOffset) throws IOException {
        files.before(Operation.WRITE, path);
        int written = inner.write(bytes, byteOffset);
        files.after(Operation.WRITE, path);
        return written;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        files.before(Operation.FORCE, path);
        inner.force(metadata);
        files.after(Operation.FORCE, path);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long byteOffset, long byteCount) throws IOException {
        files.before(Operation.MAP, path);
        return inner.map(mode, byteOffset, byteCount);
    }

    @Override
    public MemorySegment map(MapMode mode, long byteOffset, long byteCount, Arena arena) throws IOException {
        files.before(Operation.MAP, path);
        return inner.map(mode, byteOffset, byteCount, arena);
    }

    @Override
    public long transferTo(long byteOffset, long byteCount, WritableByteChannel target) throws IOException {
        files.before(Operation.READ, path);
        return inner.transferTo(byteOffset, byteCount, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long byteOffset, long byteCount) throws IOException {
        files.before(Operation.WRITE, path);
        long written = inner.transferFrom(source, byteOffset, byteCount);
        files.after(Operation.WRITE, path);
        return written;
    }

    @Override
    public long position() throws IOException {
        return inner.position();
    }

    @Override
    public FileChannel position(long byteOffset) throws IOException {
        inner.position(byteOffset);
        return this;
    }

    @Override
    public long size() throws IOException {
        return inner.size();
    }

    @Override
    public FileChannel truncate(long byteCount) throws IOException {
        inner.truncate(byteCount);
        return this;
    }

    @Override
    public FileLock lock(long byteOffset, long byteCount, boolean shared) throws IOException {
        return inner.lock(byteOffset, byteCount, shared);
    }

    @Override
    public FileLock tryLock(long byteOffset, long byteCount, boolean shared) throws IOException {
        return inner.tryLock(byteOffset, byteCount, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        files.closed();
        inner.close();
    }
}
