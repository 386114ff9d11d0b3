package io.xceptionc.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * Finds a Java on which the compiler runs, as the launcher {@code xceptionc} does, after the toolchains that Maven
 * knows.
 */
final class JdkSearch {

    /** What the compiler needs. */
    static final int VERSION = 25;

    private static final String NAMED = "XCEPTIONC_JAVA_HOME";

    private final Map<String, String> environment;
    private final Path userHome;
    private final Path root;

    /** With the variables of the environment, the user's folder, and the folder that holds all of the system's. */
    JdkSearch(Map<String, String> environment, Path userHome, Path root) {
        this.environment = environment;
        this.userHome = userHome;
        this.root = root;
    }

    /** On this machine. */
    static JdkSearch here() {
        return new JdkSearch(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/"));
    }

    /**
     * The Java that the environment names; else the first new enough of those that Maven knows; else one in the usual
     * folders.
     *
     * @param known the folders of Javas that Maven knows, the likeliest first
     * @throws MojoExecutionException if there is none; the message says what to install
     */
    Jdk find(List<Path> known) throws MojoExecutionException {
        String named = environment.get(NAMED);
        if (named != null && !named.isEmpty()) {
            return Jdk.in(Path.of(named)).filter(JdkSearch::isNewEnough).orElseThrow(
                    () -> new MojoExecutionException(NAMED + " is '" + named + "', which is not a JDK " + VERSION));
        }
        Optional<Jdk> first = known.stream().flatMap(home -> Jdk.in(home).stream()).filter(JdkSearch::isNewEnough)
                .findFirst();
        return first.or(this::inUsualFolders).orElseThrow(() -> new MojoExecutionException("there is no JDK " + VERSION
                + ", which generates models; install one: from https://adoptium.net, or by apt install openjdk-"
                + VERSION
                + "-jdk, or by brew install openjdk@" + VERSION
                + "; if there is one already, let ~/.m2/toolchains.xml or "
                + NAMED + " name its folder"));
    }

    private static boolean isNewEnough(Jdk jdk) {
        return jdk.version() >= VERSION;
    }

    /** Of those there, only the very version: who installs a later one beside it may have other plans for that. */
    private Optional<Jdk> inUsualFolders() {
        return usualFolders().flatMap(home -> Jdk.in(home).stream()).filter(jdk -> jdk.version() == VERSION)
                .findFirst();
    }

    private Stream<Path> usualFolders() {
        List<Path> homes = new ArrayList<>();
        variable("JAVA_HOME").ifPresent(homes::add);
        for (String parent : List.of("usr/lib/jvm", "usr/java", "opt", "opt/java")) {
            homes.addAll(children(root.resolve(parent)));
        }
        homes.add(root.resolve("opt/homebrew/opt/openjdk@" + VERSION + "/libexec/openjdk.jdk/Contents/Home"));
        homes.addAll(children(variable("SDKMAN_DIR").orElse(userHome.resolve(".sdkman")).resolve("candidates/java")));
        for (String parent : List.of(".jdks", ".gradle/jdks", ".m2/jdks")) {
            homes.addAll(children(userHome.resolve(parent)));
        }
        for (Path parent : List.of(root, userHome)) {
            children(parent.resolve("Library/Java/JavaVirtualMachines")).stream()
                    .map(child -> child.resolve("Contents/Home")).forEach(homes::add);
        }
        variable("ProgramFiles").ifPresent(programs -> Stream.of("Java", "Eclipse Adoptium", "Microsoft", "Zulu")
                .forEach(vendor -> homes.addAll(children(programs.resolve(vendor)))));
        return homes.stream();
    }

    private Optional<Path> variable(String name) {
        try {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            return StreamSupport.stream(children.spliterator(), false).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
