package io.xceptionc.runtime;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Gives every fuzz target of this module the inputs of its corpus, from which {@code .ci/fuzz} draws others. */
class FuzzCorpusTest {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TestFactory
    List<DynamicTest> everyInputIsReadOrRefused() throws IOException, ReflectiveOperationException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path source : files(SOURCES).filter(file -> file.toString().endsWith("Fuzz.java")).toList()) {
            String name = SOURCES.relativize(source).toString().replaceFirst("\\.java$", "");
            Method target = Class.forName(StreamSupport.stream(Path.of(name).spliterator(), false).map(Path::toString)
                    .collect(joining("."))).getMethod("fuzzerTestOneInput", byte[].class);
            for (Path input : files(RESOURCES.resolve(name)).toList()) {
                tests.add(dynamicTest(RESOURCES.relativize(input).toString(),
                        () -> assertTimeoutPreemptively(LONGEST,
                                () -> target.invoke(null, (Object) Files.readAllBytes(input)))));
            }
        }
        return tests;
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}
