package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderListTest {

    private static final String NAME = "META-INF/services/io.xceptionc.runtime.ModelProvider";

    @TempDir
    private Path folder;
    private Path list;
    private MavenProject project;
    private Resource own;

    @BeforeEach
    void makeProject() {
        list = folder.resolve("target/providers/" + NAME);
        project = new MavenProject();
        project.setFile(folder.resolve("pom.xml").toFile());
        own = new Resource();
        own.setDirectory(folder.resolve("resources").toString());
    }

    /** As an execution does. */
    private boolean update(String... providers) throws IOException {
        Resource ofPlugin = new Resource();
        ofPlugin.setDirectory(folder.resolve("target/providers").toString());
        return new ProviderList(project, List.of(own, ofPlugin), folder.resolve("target/providers"),
                folder.resolve("target/classes")).update(Set.of(providers));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void modelsAreListedInOrderAndTheFileGoesWithTheLast() throws IOException {
        assertTrue(update("b.B", "a.C", "a.A"));
        assertEquals("a.A\na.C\nb.B\n", Files.readString(list));
        Path copy = write("target/classes/" + NAME, "a.A\na.C\nb.B\n");
        assertTrue(update("a.C"));
        assertEquals("a.C\n", Files.readString(list));
        assertFalse(Files.exists(copy));
        write("target/classes/" + NAME, "a.C\n");
        assertTrue(update());
        assertFalse(Files.exists(folder.resolve("target/providers/META-INF")));
        assertFalse(Files.exists(folder.resolve("target/classes/META-INF")));
        assertFalse(update());
    }

    @Test
    void whatDoesNotChangeIsNotWrittenAgain() throws IOException {
        update("a.A");
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(list, longAgo);
        assertFalse(update("a.A"));
        assertEquals(longAgo, Files.getLastModifiedTime(list));
        Files.write(list, new byte[] {-1});
        assertTrue(update("a.A"));
        assertEquals("a.A\n", Files.readString(list));
    }

    @Test
    void whatTheProjectListsItselfIsListedTooAndNotCopied() throws IOException {
        write("resources/" + NAME, "# ours\nown.Second # last\n\na.A\nown.First");
        update("a.A", "b.B");
        assertEquals("a.A\nb.B\nown.First\nown.Second\n", Files.readString(list));
        assertEquals(List.of(NAME), own.getExcludes());
    }

    @Test
    void thatStaysSoForALaterExecutionUntilThereAreNoModels() throws IOException {
        write("resources/" + NAME, "own.Only\n");
        update("a.A");
        update("a.A", "b.B");
        assertEquals("a.A\nb.B\nown.Only\n", Files.readString(list));
        assertEquals(List.of(NAME), own.getExcludes());
        update();
        assertFalse(Files.exists(list));
        assertEquals(List.of(), own.getExcludes());
    }

    @Test
    void whatTheProjectDoesNotCopyIsNotListed() throws IOException {
        write("resources/" + NAME, "own.Only\n");
        own.addExclude("META-INF/services/*");
        update("a.A");
        update("a.A");
        assertEquals("a.A\n", Files.readString(list));
        own.setExcludes(List.of());
        own.addInclude("**/*.txt");
        update("a.A");
        assertEquals("a.A\n", Files.readString(list));
        own.addInclude("META-INF/");
        update("a.A");
        assertEquals("a.A\nown.Only\n", Files.readString(list));
    }

    @Test
    void aFolderThatIsCopiedElsewhereCountsByWhereItGoes() throws IOException {
        own.setTargetPath("META-INF/services");
        write("resources/" + NAME, "not.There\n");
        write("resources/io.xceptionc.runtime.ModelProvider", "own.Only\n");
        update("a.A");
        assertEquals("a.A\nown.Only\n", Files.readString(list));
        assertEquals(List.of("io.xceptionc.runtime.ModelProvider"), own.getExcludes());
        own.setTargetPath("elsewhere");
        own.setExcludes(List.of());
        update("a.A");
        assertEquals("a.A\n", Files.readString(list));
    }

    @Test
    void aListThatIsNoTextIsNamed() throws IOException {
        Path file = write("resources/" + NAME, "");
        Files.write(file, new byte[] {'a', -1});
        assertEquals(file + " is not in UTF-8",
                assertThrows(IOException.class, () -> update("a.A")).getMessage());
    }
}
