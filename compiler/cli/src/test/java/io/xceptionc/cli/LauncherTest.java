package io.xceptionc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code xceptionc}, in a copy of the project's layout whose Maven and whose JDK are scripts too. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {

    private static final String BUILDING = "xceptionc: building, which takes a minute the first time\n";
    private static final String ECHO_ARGUMENTS = """
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            while [ "$1" != -jar ]; do shift; done
            shift 2
            for argument; do echo "[$argument]"; done
            """;
    private static final String RECORD = """
            for argument; do case $argument in -XX:AOTCacheOutput=*) touch "${argument#*=}"; esac; done
            """;
    private static final String ECHO_ALL = "for argument; do echo \"$argument\"; done";
    private static final List<String> QUICK =
            List.of("-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC");
    private static final String BUILD = "sleep 0.3; echo jar >compiler/cli/target/xceptionc-cli.jar";

    private record Launch(int exitCode, String output, String errors) {}

    @TempDir
    private Path folder;

    private Path root;
    private Path jdk;
    private Path source;

    @BeforeEach
    void layOutProject() throws IOException {
        root = folder.resolve("a root");
        source = root.resolve("compiler/core/src/main/java/Source.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        Files.copy(Path.of("../../xceptionc").toAbsolutePath().normalize(), root.resolve("xceptionc"));
        mavenDoes(BUILD);
        jdk = fakeJdk("a jdk", "25.0.3", ECHO_ARGUMENTS);
    }

    @Test
    void buildsOnFirstUseOnly() throws Exception {
        assertEquals(new Launch(0, "[a]\n", BUILDING), launch("a"));
        assertEquals(new Launch(0, "[a]\n", ""), launch("a"));
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        launch();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(BUILDING, launch().errors());
    }

    @Test
    void buildsAgainWhenASourceIsGone() throws Exception {
        launch();
        Files.delete(source);
        assertEquals(BUILDING, launch().errors());
        assertEquals("", launch().errors());
    }

    @Test
    void buildsAgainWhenASourceChangedDuringTheBuild() throws Exception {
        mavenDoes("sleep 0.1; touch compiler/core/src/main/java/Source.java; " + BUILD);
        launch();
        mavenDoes(BUILD);
        assertEquals(BUILDING, launch().errors());
        assertEquals("", launch().errors());
    }

    @Test
    void showsTheEndOfAFailedBuildAndTakesNothingOfIt() throws Exception {
        mavenDoes(BUILD + "; seq 1 31; exit 1");
        Launch failed = launch();
        List<String> errors = failed.errors().lines().toList();
        assertAll(
                () -> assertEquals(2, failed.exitCode()),
                () -> assertEquals("", failed.output()),
                () -> assertEquals("2", errors.get(1)),
                () -> assertEquals("31", errors.get(30)),
                () -> assertEquals("xceptionc: the build failed; all it said is in "
                        + root.resolve("compiler/cli/target/launcher-build.log"), errors.get(31)));
        mavenDoes(BUILD);
        assertEquals(new Launch(0, "", BUILDING), launch());
    }

    @Test
    void twoLaunchesAtOnceBuildOnce() throws Exception {
        Process first = start("first");
        Process second = start("second");
        assertEquals("[first]\n", finish(first).output());
        assertEquals("[second]\n", finish(second).output());
        assertEquals(1, builds());
    }

    @Test
    void passesArgumentsFromAnyFolderAndThroughLinks() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../a root/xceptionc"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), link);
        Process process = start(List.of(linkToLink.toString(), "a b", "", "*"), elsewhere, environment());
        assertEquals(new Launch(0, "[a b]\n[]\n[*]\n", BUILDING), finish(process));
    }

    @Test
    void keepsStreamsInputAndExitCode() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", """
                echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                cat
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                printf 'no line feed' >&2
                exit 7
                """);
        Process process = start("a");
        process.outputWriter(StandardCharsets.UTF_8).append("some input").close();
        assertEquals(
                new Launch(7, "some input", """
                        Picked up JAVA_TOOL_OPTIONS: -Dx=y
                        WARNING: Using incubator modules: jdk.incubator.vector
                        no line feed"""),
                finish(process));
    }

    @Test
    void namesTheProjectsFolder() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", "for argument; do echo \"$argument\"; done");
        assertTrue(launch().output().contains("\n-Dxceptionc.home=" + root.toRealPath() + "\n"));
    }

    /** What the JVM is given before the program, but for the project's folder and whether there is a terminal. */
    private List<String> options(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(arguments));
        List<String> all = finish(start(command, root, environment)).output().lines().toList();
        return all.subList(0, all.indexOf("-jar")).stream().filter(option -> !option.startsWith("-Dxceptionc."))
                .toList();
    }

    @Test
    void loadsVectorsForVerbsThatRunModels() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", ECHO_ALL);
        assertEquals(
                List.of("--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC"),
                options(environment(), "predict", "a.jar"));
        assertEquals(QUICK, options(environment(), "check", "a.yaml"));
        assertEquals(QUICK, options(environment()));
    }

    @Test
    void beginsWithWhatTheBuildRecorded() throws Exception {
        jdk = fakeJdk("a jdk", "25", RECORD + ECHO_ALL);
        launch();
        List<String> expected = new ArrayList<>(QUICK);
        Path cache = root.toRealPath().resolve("compiler/cli/target/launcher.aot");
        expected.addAll(2, List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off"));
        assertEquals(expected, options(environment(), "check", "a.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XCEPTIONC_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"})
    void optionsOfTheUserBeatItsOwn(String variable) throws Exception {
        jdk = fakeJdk("a jdk", "25", RECORD + ECHO_ALL);
        launch();
        Map<String, String> environment = environment();
        environment.put(variable, "-Xmx1g -XX:+UseZGC");
        List<String> expected = new ArrayList<>(QUICK.subList(0, 2));
        if (variable.startsWith("XCEPTIONC")) {
            expected.addAll(List.of("-Xmx1g", "-XX:+UseZGC"));
        }
        assertEquals(expected, options(environment, "check", "a.yaml"));
    }

    @Test
    void takesFurtherJars() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", "for argument; do echo \"$argument\"; done");
        Map<String, String> environment = environment();
        environment.put("XCEPTIONC_CLASSPATH", "a jar.jar:b.jar");
        String output = finish(start(List.of(launcher(), "verify"), root, environment)).output();
        String jar = root.toRealPath().resolve("compiler/cli/target/xceptionc-cli.jar").toString();
        assertTrue(output.endsWith("\n-cp\n" + jar + ":a jar.jar:b.jar\nio.xceptionc.cli.Main\nverify\n"), output);
    }

    @Test
    void keepsAnotherFirstLine() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", "printf 'out of memory' >&2; exit 1");
        assertEquals(new Launch(1, "", "out of memory"), launch());
    }

    @Test
    void handsOnTermination() throws Exception {
        launch();
        jdk = fakeJdk("a jdk", "25", """
                trap 'echo stopping >&2; exit 143' TERM
                echo running
                while :; do sleep 0.05; done
                """);
        Process process = start();
        assertEquals("running", process.inputReader(StandardCharsets.UTF_8).readLine());
        process.destroy();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    @ParameterizedTest
    @CsvSource({"25, true", "25.0.3, true", "25-ea, true", "17.0.15, false", "26, false", "250, false"})
    void takesVersion25Only(String version, boolean taken) throws Exception {
        jdk = fakeJdk("another", version, ECHO_ARGUMENTS);
        Launch expected = taken
                ? new Launch(0, "", BUILDING)
                : new Launch(2, "", "xceptionc: XCEPTIONC_JAVA_HOME is '" + jdk + "', which is not a JDK 25\n");
        assertEquals(expected, launch());
    }

    @Test
    void findsTheJdkOfThePathBehindLinks() throws Exception {
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));
        Map<String, String> environment = environmentWithoutJdk();
        environment.put("JAVA_HOME", fakeJdk("old", "17", "exit 9").toString());
        environment.put("PATH", links + ":" + System.getenv("PATH"));
        assertEquals("[a]\n", finish(start(List.of(launcher(), "a"), root, environment)).output());
    }

    @Test
    void findsTheJdkOfMavensToolchains() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(home.resolve(".m2/toolchains.xml"), "  <jdkHome> " + jdk + " </jdkHome>\n");
        Map<String, String> environment = environmentWithoutJdk();
        environment.put("HOME", home.toString());
        environment.put("PATH", fakeJdk("old", "17", "exit 9").resolve("bin") + ":" + System.getenv("PATH"));
        assertEquals("[a]\n", finish(start(List.of(launcher(), "a"), root, environment)).output());
    }

    private void mavenDoes(String commands) throws IOException {
        script(root.resolve("mvnw"), "echo >>builds\n" + commands);
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    private Path fakeJdk(String name, String version, String commands) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"N. N.\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), commands);
        script(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + commands);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String launcher() {
        return root.resolve("xceptionc").toString();
    }

    private static Map<String, String> environmentWithoutJdk() {
        Map<String, String> environment = new ProcessBuilder().environment();
        environment.remove("JAVA_HOME");
        environment.remove("XCEPTIONC_JAVA_HOME");
        environment.remove("XCEPTIONC_JAVA_OPTIONS");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
        environment.remove("XCEPTIONC_CLASSPATH");
        return environment;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = environmentWithoutJdk();
        environment.put("XCEPTIONC_JAVA_HOME", jdk.toString());
        return environment;
    }

    private Launch launch(String... arguments) throws Exception {
        return finish(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(List.of(arguments));
        return start(command, root, environment());
    }

    private static Process start(List<String> command, Path workingFolder, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Launch finish(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Launch(process.waitFor(), output, errors);
    }
}
