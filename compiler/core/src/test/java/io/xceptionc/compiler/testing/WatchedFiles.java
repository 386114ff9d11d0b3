package io.xceptionc.compiler.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of this machine, by paths whose every operation somebody is told before it is done and may let fail. */
public final class WatchedFiles extends FileSystemProvider {

    /** What is done to a file or a folder. */
    public enum Operation {
        OPEN, READ, WRITE, FORCE, MAP, MOVE, DELETE, MAKE_FOLDER, LIST, ATTRIBUTES
    }

    /** Is told of operations. */
    @FunctionalInterface
    public interface Observer {
        /** Before an operation; if this throws, it is not done. */
        void before(Operation operation, Path path) throws IOException;

        /** After an operation that was done. */
        default void after(Operation operation, Path path, Path target) throws IOException {
            // nothing
        }
    }

    private final Observer observer;
    private final WatchedFileSystem system = new WatchedFileSystem(this);
    private final AtomicInteger openChannels = new AtomicInteger();

    private WatchedFiles(Observer observer) {
        this.observer = observer;
    }

    /** Watches all that is done by a path and those that are made of it. */
    public static Path path(Path path, Observer observer) {
        return new WatchedPath(new WatchedFiles(observer).system, path);
    }

    /** How many channels and listings have not been closed that were opened by a path and its kin. */
    public static int openChannels(Path path) {
        return ((WatchedFiles) path.getFileSystem().provider()).openChannels.get();
    }

    void before(Operation operation, Path path) throws IOException {
        observer.before(operation, WatchedPath.inner(path));
    }

    void after(Operation operation, Path path) throws IOException {
        observer.after(operation, WatchedPath.inner(path), WatchedPath.inner(path));
    }

    void closed() {
        openChannels.decrementAndGet();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        before(Operation.OPEN, path);
        FileChannel channel = FileChannel.open(WatchedPath.inner(path), options, attributes);
        openChannels.incrementAndGet();
        after(Operation.OPEN, path);
        return new WatchedChannel(this, WatchedPath.inner(path), channel);
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
            FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        before(Operation.LIST, folder);
        DirectoryStream<Path> stream = provider(folder).newDirectoryStream(WatchedPath.inner(folder),
                entry -> filter.accept(system.watched(entry)));
        openChannels.incrementAndGet();
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return system.watched(entries.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                closed();
                stream.close();
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        before(Operation.MAKE_FOLDER, folder);
        provider(folder).createDirectory(WatchedPath.inner(folder), attributes);
        after(Operation.MAKE_FOLDER, folder);
    }

    @Override
    public void delete(Path path) throws IOException {
        before(Operation.DELETE, path);
        provider(path).delete(WatchedPath.inner(path));
        after(Operation.DELETE, path);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("nothing copies files");
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        before(Operation.MOVE, source);
        provider(source).move(WatchedPath.inner(source), WatchedPath.inner(target), options);
        observer.after(Operation.MOVE, WatchedPath.inner(source), WatchedPath.inner(target));
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return provider(path).isSameFile(WatchedPath.inner(path), WatchedPath.inner(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return provider(path).isHidden(WatchedPath.inner(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return provider(path).getFileStore(WatchedPath.inner(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        before(Operation.ATTRIBUTES, path);
        provider(path).checkAccess(WatchedPath.inner(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return provider(path).getFileAttributeView(WatchedPath.inner(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        before(Operation.ATTRIBUTES, path);
        return provider(path).readAttributes(WatchedPath.inner(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        before(Operation.ATTRIBUTES, path);
        return provider(path).readAttributes(WatchedPath.inner(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        provider(path).setAttribute(WatchedPath.inner(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "watched";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("there is one for each path that is watched");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.watched(Path.of(uri));
    }

    private static FileSystemProvider provider(Path path) {
        return WatchedPath.inner(path).getFileSystem().provider();
    }
}
