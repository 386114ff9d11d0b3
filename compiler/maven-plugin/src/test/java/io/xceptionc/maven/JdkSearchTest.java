package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {

    @TempDir
    private Path folder;

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/java"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private JdkSearch search(Map<String, String> environment) {
        return new JdkSearch(environment, folder.resolve("home"), folder);
    }

    @Test
    void aJdkIsKnownByItsReleaseFile() throws IOException {
        Path home = jdk("a", "25.0.3");
        assertEquals(Optional.of(new Jdk(home, 25)), Jdk.in(home));
        assertEquals(home.resolve("bin/java"), Jdk.in(home).orElseThrow().java());
        assertEquals(Optional.of(26), Jdk.in(jdk("b", "26-ea")).map(Jdk::version));
        assertEquals(Optional.of(25), Jdk.in(jdk("c", "25")).map(Jdk::version));
        Files.delete(home.resolve("bin/java"));
        assertEquals(Optional.empty(), Jdk.in(home));
        assertEquals(Optional.empty(), Jdk.in(folder.resolve("none")));
        Path odd = jdk("odd", "x");
        assertEquals(Optional.empty(), Jdk.in(odd));
        Files.write(odd.resolve("release"), new byte[] {-1, -2});
        assertEquals(Optional.empty(), Jdk.in(odd));
    }

    @Test
    void theFirstKnownThatIsNewEnoughIsTaken() throws Exception {
        Path old = jdk("old", "21.0.1");
        Path newer = jdk("newer", "26.0.1");
        Path exact = jdk("exact", "25.0.1");
        assertEquals(newer, search(Map.of()).find(List.of(folder, old, newer, exact)).home());
        assertEquals(exact, search(Map.of("XCEPTIONC_JAVA_HOME", exact.toString())).find(List.of(newer)).home());
    }

    @Test
    void usualFoldersAreSearchedForTheVeryVersion() throws Exception {
        jdk("usr/lib/jvm/early", "26.0.1");
        Path old = jdk("usr/lib/jvm/old", "17");
        for (String place : List.of("home/Library/Java/JavaVirtualMachines/a/Contents/Home", "home/.jdks/temurin",
                "home/.sdkman/candidates/java/25", "opt/jdk", "usr/lib/jvm/temurin")) {
            Path home = jdk(place, "25.0.1"); // each comes before those of the rounds before
            assertEquals(home, search(Map.of()).find(List.of(old)).home());
        }
        Path byVariable = jdk("variable", "25.0.2");
        assertEquals(byVariable, search(Map.of("JAVA_HOME", byVariable.toString())).find(List.of(old)).home());
    }

    @Test
    void whatToInstallIsSaidWhereThereIsNone() {
        assertEquals(
                "there is no JDK 25, which generates models; install one: from https://adoptium.net, or by apt install"
                        + " openjdk-25-jdk, or by brew install openjdk@25; if there is one already, let ~/.m2/toolchains.xml or"
                        + " XCEPTIONC_JAVA_HOME name its folder",
                assertThrows(MojoExecutionException.class, () -> search(Map.of("JAVA_HOME", " ")).find(List.of(folder)))
                        .getMessage());
    }

    @Test
    void aNamedJdkThatIsNoneIsSaid() throws IOException {
        Path old = jdk("old", "17.0.1");
        MojoExecutionException e = assertThrows(MojoExecutionException.class,
                () -> search(Map.of("XCEPTIONC_JAVA_HOME", old.toString())).find(List.of(jdk("other", "25"))));
        assertEquals("XCEPTIONC_JAVA_HOME is '" + old + "', which is not a JDK 25", e.getMessage());
    }
}
