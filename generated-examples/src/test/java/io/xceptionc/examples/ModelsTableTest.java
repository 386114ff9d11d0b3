package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table in {@code models/README.md} says of each spec what is so. */
class ModelsTableTest {

    @Test
    void hasTheFiguresOfTheSpecs() throws IOException, InvalidInputException {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String spec : Zoo.names()) {
            expected.put(spec, figures(spec));
        }
        assertEquals(expected, listed());
    }

    /** Input, parameters, trainable ones and multiply-accumulate operations, as the table has them. */
    private static List<String> figures(String spec) throws IOException, InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec(spec), Optional.empty());
        List<Integer> input = Zoo.network(spec, Optional.empty()).graph().input().type().dimensions();
        return List.of("%dx%dx%d".formatted(input.toArray()), grouped(summary.parameters()),
                grouped(summary.trainableParameters()), grouped(summary.macs()));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The figures of each row by its spec: the last four of the columns. */
    private static Map<String, List<String>> listed() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Zoo.FOLDER.resolve("README.md"))) {
            if (line.startsWith("| `")) {
                List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
                rows.put(cells.get(1).replace("`", "").replace(".yaml", ""),
                        cells.subList(cells.size() - 4, cells.size()));
            }
        }
        return rows;
    }
}
