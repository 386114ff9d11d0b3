package io.xceptionc.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a report into the project's README, and its chart beside it. */
final class Publication {

    private static final String CHART = "benchmarks/comparison.svg";

    private final Path readme;
    private final Path chart;

    /** For the project in a folder. */
    Publication(Path root) {
        readme = root.resolve("README.md");
        chart = root.resolve(CHART);
    }

    /**
     * Sees that the README has a place for the report, before it is measured.
     *
     * @throws IOException if it has none
     */
    void requirePlace() throws IOException {
        withReport("");
    }

    private String withReport(String report) throws IOException {
        try {
            return ReadmeBlock.replace(Files.readString(readme), report);
        } catch (IllegalArgumentException e) {
            throw new IOException(readme + ": " + e.getMessage(), e);
        }
    }

    /** Writes both. */
    void write(String report, String svg) throws IOException {
        String text =
                withReport("![Time and memory beside those of ONNX Runtime and PyTorch](" + CHART + ")\n\n" + report);
        Files.writeString(chart, svg);
        Files.writeString(readme, text);
    }
}
