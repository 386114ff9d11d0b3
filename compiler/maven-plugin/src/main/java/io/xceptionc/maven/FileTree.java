package io.xceptionc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files below a folder, with their digests.
 *
 * @param root the folder
 * @param digests by the files' paths within the folder, or their whole paths if they lie elsewhere
 */
record FileTree(Path root, Map<Path, String> digests) {

    FileTree {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    }

    /** Of files as they are now. */
    static FileTree of(Path root, Collection<Path> files) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        for (Path file : files) {
            digests.put(file.startsWith(root) ? root.relativize(file) : file, FileDigests.of(file));
        }
        return new FileTree(root, digests);
    }

    /** Whether all files are there and as they were. */
    boolean isUnchanged() throws IOException {
        for (Map.Entry<Path, String> file : digests.entrySet()) {
            if (!FileDigests.of(root.resolve(file.getKey())).equals(file.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The files, with their folder. */
    Set<Path> files() {
        return digests.keySet().stream().map(root::resolve).collect(Collectors.toSet());
    }

    /** The same with files of another that this one does not have; in vain if the other lies in another folder. */
    FileTree with(FileTree other) {
        Map<Path, String> both = new TreeMap<>(other.root.equals(root) ? other.digests : Map.of());
        both.putAll(digests);
        return new FileTree(root, both);
    }

    /** Removes a file below a folder, and the folders that it leaves empty. */
    static void remove(Path root, Path inner) throws IOException {
        Path file = root.resolve(inner);
        if (!Files.deleteIfExists(file)) {
            return;
        }
        for (Path folder = file.getParent(); !folder.equals(root) && isEmpty(folder); folder = folder.getParent()) {
            Files.delete(folder);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    void store(Properties properties, String name) {
        properties.setProperty(name, root.toString());
        digests.forEach((inner, digest) -> properties.setProperty(name + "/" + inner, digest));
    }

    /**
     * What {@link #store} stored.
     *
     * @throws IllegalArgumentException if it did not store anything by this name
     */
    static FileTree load(Properties properties, String name) {
        String root = properties.getProperty(name);
        if (root == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        Map<Path, String> digests = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(name + "/")) {
                digests.put(Path.of(key.substring(name.length() + 1)), properties.getProperty(key));
            }
        }
        return new FileTree(Path.of(root), digests);
    }
}
