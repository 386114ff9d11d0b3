package io.xceptionc.compiler.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.testing.WatchedFiles;
import io.xceptionc.compiler.testing.WatchedFiles.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk may hold after the machine has lost its power, whenever that is. Of a file there is for sure what was
 * forced, and perhaps some of what was written since; a name leads to the file that it led to when its folder was
 * forced, or to any that it has led to since.
 */
class PulledPlugTest {

    private static final String NOTHING = "(none)";
    private static final String TORN = "(torn)";

    @TempDir
    private Path folder;

    private final Disk disk = new Disk();

    /** All contents that a file may have on a disk that nobody writes to any more, after each operation. */
    private static final class Disk implements WatchedFiles.Observer {

        /** A file, whatever it is called. */
        private static final class Content {
            private String written = "";
            private final Set<String> possible = new TreeSet<>(Set.of(""));
        }

        private final Map<Path, Content> contents = new HashMap<>();
        private final Map<Path, List<Content>> possible = new HashMap<>();
        private final List<Set<String>> history = new ArrayList<>();
        private Path observed;

        /** A file that is there already, and on the disk. */
        void hold(Path file) throws IOException {
            Content content = new Content();
            content.written = Files.readString(file);
            content.possible.clear();
            content.possible.add(content.written);
            contents.put(file, content);
            possible.put(file, new ArrayList<>(List.of(content)));
        }

        /** Notes after each operation what a file may be after a pulled plug. */
        void observe(Path file) {
            observed = file;
            possible.putIfAbsent(file, new ArrayList<>());
            if (possible.get(file).isEmpty()) {
                possible.get(file).add(null);
            }
            history.add(states());
        }

        private Set<String> states() {
            Set<String> states = new HashSet<>();
            for (Content content : possible.get(observed)) {
                states.addAll(content == null ? Set.of(NOTHING) : content.possible);
            }
            return states;
        }

        @Override
        public void before(Operation operation, Path path) {
            // it is told afterwards
        }

        @Override
        public void after(Operation operation, Path path, Path target) throws IOException {
            switch (operation) {
                case OPEN -> opened(path);
                case WRITE -> {
                    contents.get(path).written = Files.readString(path);
                    contents.get(path).possible.addAll(Set.of(TORN, contents.get(path).written));
                }
                case FORCE -> forced(path);
                case MOVE -> named(target, contents.remove(path));
                case DELETE -> named(path, null);
                default -> {
                    return;
                }
            }
            history.add(states());
        }

        private void opened(Path path) {
            if (Files.isRegularFile(path) && !contents.containsKey(path)) {
                named(path, new Content());
            }
        }

        private void named(Path path, Content content) {
            possible.computeIfAbsent(path, _ -> new ArrayList<>()).add(content);
            contents.put(path, content);
        }

        private void forced(Path path) {
            if (Files.isDirectory(path)) {
                possible.forEach((name, all) -> {
                    if (path.equals(name.getParent())) {
                        all.subList(0, all.size() - 1).clear();
                    }
                });
            } else {
                contents.get(path).possible.clear();
                contents.get(path).possible.add(contents.get(path).written);
            }
        }

        /** The history, of what is the same several times in a row only the first. */
        List<Set<String>> history() {
            List<Set<String>> changes = new ArrayList<>();
            history.stream().filter(states -> changes.isEmpty() || !changes.getLast().equals(states))
                    .forEach(changes::add);
            return changes;
        }
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, stream -> {
            for (byte letter : text.getBytes(US_ASCII)) {
                stream.write(letter);
                stream.flush();
            }
        });
    }

    @Test
    void aReplacedFileIsTheOldOrTheNewOneAndAtTheEndTheNewOne() throws IOException {
        Path file = Files.writeString(folder.resolve("model.jar"), "old");
        disk.hold(file);
        disk.observe(file);
        write(WatchedFiles.path(file, disk), "new one");
        assertEquals(List.of(Set.of("old"), Set.of("old", "new one"), Set.of("new one")), disk.history());
    }

    @Test
    void aNewFileIsNoneOrWholeAndAtTheEndWhole() throws IOException {
        Path file = folder.resolve("model.jar");
        disk.observe(file);
        write(WatchedFiles.path(file, disk), "new one");
        assertEquals(List.of(Set.of(NOTHING), Set.of(NOTHING, "new one"), Set.of("new one")), disk.history());
    }

    @Test
    void aFailureLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("model.jar"), "old");
        disk.hold(file);
        disk.observe(file);
        assertThrows(IOException.class, () -> AtomicFile.write(WatchedFiles.path(file, disk), stream -> {
            stream.write(1);
            stream.flush();
            throw new IOException("lost");
        }));
        assertEquals(List.of(Set.of("old")), disk.history());
    }

    /** As a file would be written that nobody can rely on: that the test sees it, too. */
    @Test
    void aFileThatIsNotForcedMayBeTorn() throws IOException {
        Path file = Files.writeString(folder.resolve("model.jar"), "old");
        disk.hold(file);
        disk.observe(file);
        Path draft = WatchedFiles.path(folder.resolve("draft"), disk);
        Files.writeString(draft, "new one");
        Files.move(draft, draft.resolveSibling("model.jar"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(List.of(Set.of("old"), Set.of("old", "new one", "", TORN)), disk.history());
    }

    @Test
    void theFoldersThatAreMadeForAFileAreForcedToo() throws IOException {
        List<Path> forced = new ArrayList<>();
        Path file = WatchedFiles.path(folder.resolve("a/b/model.jar"), new WatchedFiles.Observer() {
            @Override
            public void before(Operation operation, Path path) {
                if (operation == Operation.FORCE && Files.isDirectory(path)) {
                    forced.add(path);
                }
            }
        });
        write(file, "new");
        assertEquals(List.of(folder.resolve("a/b"), folder.resolve("a"), folder), forced);
    }
}
