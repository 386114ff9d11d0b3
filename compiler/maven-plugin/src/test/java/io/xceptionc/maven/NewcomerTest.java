package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NewcomerTest {

    private static final Pattern POM = Pattern.compile("\n## In a Maven build\n.*?\n```xml\n(.*?)```", Pattern.DOTALL);

    /**
     * What the README tells newcomers to put into their pom is, word for word, what the project of that name is built
     * with.
     */
    @Test
    void thePomOfTheReadmeIsThatOfTheProject() throws IOException {
        Matcher pom = POM.matcher(Files.readString(Path.of("../../README.md")));
        assertTrue(pom.find());
        String told = pom.group(1).lines().map(line -> "  " + line + "\n").collect(Collectors.joining())
                .replaceAll("(<artifactId>xceptionc-.*\n *)<version>.*</version>",
                        "$1<version>@project.version@</version>");
        String built = Files.readString(Path.of("src/it/newcomer/pom.xml"));
        assertTrue(built.contains("\n" + told), () -> "README.md says\n" + told + "\nthe project has\n" + built);
    }
}
