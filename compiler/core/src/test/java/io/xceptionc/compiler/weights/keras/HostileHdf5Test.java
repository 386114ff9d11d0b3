package io.xceptionc.compiler.weights.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.weights.file.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that offer what weights must not use, or declare what is not there. */
class HostileHdf5Test {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            soft-link.h5 | x
            """)
    void oneMessageSaysWhatIsWrong(String name, String expected) {
        assertEquals(expected, problem(name));
    }

    @Test
    void everyFileIsListedHere() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.list(KerasFiles.path("bad"))) {
            files.map(file -> file.getFileName().toString()).sorted().forEach(name -> System.out.println("            " + name + " | " + problem(name)));
        }
    }

    private static String problem(String name) {
        InvalidInputException problem = assertThrows(InvalidInputException.class, () -> {
            try (KerasFile file = KerasFiles.open("bad/" + name)) {
                for (TensorInfo tensor : file.tensors()) {
                    file.values(tensor.name());
                }
            }
        }, name);
        assertEquals(1, problem.diagnostics().size());
        return problem.diagnostics().getFirst().headline() + " (" + problem.diagnostics().getFirst().help() + ")";
    }
}
