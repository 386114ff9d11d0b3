package io.xceptionc.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A file that is read and mapped, and asks before each of that; writing it is not foreseen. */
final class FaultyChannel extends FileChannel {

    /** Throws something if the system is to fail. */
    @FunctionalInterface
    interface Question {
        void ask() throws IOException;
    }

    private final FileChannel file;
    private final Question question;
    private final AtomicInteger open;

    /** Counts itself among what is open until it is closed. */
    FaultyChannel(FileChannel file, Question question, AtomicInteger open) {
        this.file = file;
        this.question = question;
        this.open = open;
        open.incrementAndGet();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        question.ask();
        return file.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        question.ask();
        return file.read(target, position);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        question.ask();
        return file.read(targets, offset, length);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        question.ask();
        return file.map(mode, position, size);
    }

    @Override
    public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
        question.ask();
        return file.map(mode, offset, size, arena);
    }

    @Override
    public long size() throws IOException {
        question.ask();
        return file.size();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        open.decrementAndGet();
        file.close();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
