package io.xceptionc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An installed Java.
 *
 * @param home its folder
 * @param version its major version
 */
record Jdk(Path home, int version) {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"?(\\d+)\\b.*");

    /** The Java in a folder, by the file {@code release} in it; empty if there is none. */
    static Optional<Jdk> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.map(VERSION::matcher).filter(Matcher::matches).findFirst()
                    .map(match -> new Jdk(home, Integer.parseInt(match.group(1)))).filter(Jdk::isWhole);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a file of that name that is something else
        }
    }

    private boolean isWhole() {
        return Stream.of("java", "java.exe").map(name -> home.resolve("bin").resolve(name))
                .anyMatch(Files::isRegularFile);
    }

    /** The program that starts it. */
    Path java() {
        return List.of("java.exe", "java").stream().map(name -> home.resolve("bin").resolve(name))
                .filter(Files::isRegularFile).findFirst().orElseThrow();
    }
}
