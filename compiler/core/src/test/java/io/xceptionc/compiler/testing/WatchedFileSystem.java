package io.xceptionc.compiler.testing;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The default file system, but for the provider of its paths. */
final class WatchedFileSystem extends FileSystem {

    private static final FileSystem INNER = FileSystems.getDefault();

    private final WatchedFiles provider;

    WatchedFileSystem(WatchedFiles provider) {
        this.provider = provider;
    }

    Path watched(Path path) {
        return new WatchedPath(this, path);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        // as little as the default one
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return INNER.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return INNER.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return INNER.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return INNER.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return watched(INNER.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = INNER.getPathMatcher(pattern);
        return path -> matcher.matches(WatchedPath.inner(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return INNER.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nothing waits for changes");
    }
}
