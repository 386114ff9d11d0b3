package io.xceptionc.compiler.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of {@link WatchedFiles}. */
record WatchedPath(WatchedFileSystem system, Path inner) implements Path {

    /** What a path stands for, watched or not. */
    static Path inner(Path path) {
        return path instanceof WatchedPath watched ? watched.inner : path;
    }

    private Path watched(Path path) {
        return path == null ? null : system.watched(path);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return inner.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return watched(inner.getRoot());
    }

    @Override
    public Path getFileName() {
        return watched(inner.getFileName());
    }

    @Override
    public Path getParent() {
        return watched(inner.getParent());
    }

    @Override
    public int getNameCount() {
        return inner.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return watched(inner.getName(index));
    }

    @Override
    public Path subpath(int first, int end) {
        return watched(inner.subpath(first, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return inner.startsWith(inner(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return inner.endsWith(inner(other));
    }

    @Override
    public Path normalize() {
        return watched(inner.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return watched(inner.resolve(inner(other)));
    }

    @Override
    public Path relativize(Path other) {
        return watched(inner.relativize(inner(other)));
    }

    @Override
    public URI toUri() {
        return inner.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return watched(inner.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return watched(inner.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService service, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nothing waits for changes");
    }

    @Override
    public int compareTo(Path other) {
        return inner.compareTo(inner(other));
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
