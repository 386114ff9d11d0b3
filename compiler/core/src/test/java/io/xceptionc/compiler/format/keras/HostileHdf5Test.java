package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that offer what weights must not use, or declare what is not there: each gives one message. */
class HostileHdf5Test {

    private static final Path MESSAGES = KerasFiles.path("bad-messages.txt");

    static List<String> messages() throws IOException {
        return Files.readAllLines(MESSAGES);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void oneMessageSaysWhatIsWrong(String line) {
        assertEquals(line, line(line.substring(0, line.indexOf(": "))));
    }

    @Test
    void everyFileHasAMessage() throws IOException {
        try (Stream<Path> files = Files.list(KerasFiles.path("bad"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            if (System.getProperty("goldens.update") != null) {
                Files.write(MESSAGES, names.stream().map(HostileHdf5Test::line).toList());
            }
            assertEquals(names, messages().stream().map(line -> line.substring(0, line.indexOf(": "))).toList());
        }
    }

    private static String line(String name) {
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> {
            try (KerasFile file = KerasFiles.open("bad/" + name)) {
                for (TensorInfo tensor : file.tensors()) {
                    file.values(tensor.name());
                }
            }
        }, name);
        assertEquals(1, problem.diagnostics().size());
        Diagnostic diagnostic = problem.diagnostics().getFirst();
        return name + ": " + diagnostic.code() + " " + diagnostic.message() + " (" + diagnostic.help() + ")";
    }
}
