package io.xceptionc.compiler.lower;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.TextFile;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.DeclaredWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

    @TempDir
    private Path folder;

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void inTheSpec() {
        assertEquals(Optional.of(List.of("cat", "dog", "a: b")), read("labels: [cat, dog, 'a: b']"));
        assertEquals(Optional.of(List.of()), read(""));
    }

    @Test
    void inAFile() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/labels.txt"), "\uFEFFcat\r\n  dog \n\nchien é\n");
        assertEquals(Optional.of(List.of("cat", "dog", "chien é")), read("labels: sub/labels.txt"));
    }

    @Test
    void asManyAsTheNetworkYields() throws IOException {
        Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n");
        assertEquals("E105 there are 2 labels, but the network yields 3 numbers", problem("labels: labels.txt"));
    }

    @Test
    void onlyInTheSpecsFolder() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(folder.resolve("secret.txt"), "a\nb\nc\n");
        Files.createSymbolicLink(inner.resolve("link.txt"), folder.resolve("secret.txt"));
        Labels.read(network("labels: link.txt"), inner, diagnostics);
        assertEquals("E401 the file lies outside of the spec's folder", first());
    }

    @Test
    void whatIsNoTextFile() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        assertEquals("E401 the file is a folder", problem("labels: folder"));
    }

    @Test
    void whatIsNoUtf8() throws IOException {
        Files.write(folder.resolve("labels.txt"), new byte[] {'a', (byte) 0xFF, 'b'});
        assertEquals("E401 the file is not UTF-8 text", problem("labels: labels.txt"));
    }

    @Test
    void whatIsTooLarge() throws IOException {
        Files.write(folder.resolve("labels.txt"), "a\n".repeat(TextFile.LARGEST / 2 + 1).getBytes(UTF_8));
        assertEquals("E102 the file is larger than 1 MiB", problem("labels: labels.txt"));
    }

    @Test
    void tooManyLabels() throws IOException {
        Files.writeString(folder.resolve("labels.txt"), "a\n".repeat(100_001));
        assertEquals("E102 the file has more than 100000 labels", problem("labels: labels.txt"));
    }

    @Test
    void linesThatAreNoLabels() throws IOException {
        Files.writeString(folder.resolve("labels.txt"), "cat\ndog\nx\u001b[31m\n");
        assertEquals("E105 the file has a line that cannot be a label: 'x\\u{1b}[31m'", problem("labels: labels.txt"));
    }

    private Optional<List<String>> read(String labels) {
        return Labels.read(network(labels), folder, diagnostics);
    }

    private String problem(String labels) {
        assertEquals(Optional.empty(), read(labels));
        return first();
    }

    private String first() {
        Diagnostic first = diagnostics.first().orElseThrow();
        return first.code() + " " + first.message();
    }

    /** A network that yields three numbers. */
    private LoweredNetwork network(String labels) {
        String text = "model: m\ninput: {shape: [8, 8, 3]}\n" + labels + "\nlayers: [global_avg_pool2d]\n";
        Spec spec = SpecParser.parse("m.yaml", text, diagnostics).orElseThrow();
        return Lowering
                .lower(spec, Optional.empty(), new DeclaredWeights(Lowering.convention(spec), diagnostics), diagnostics)
                .orElseThrow();
    }
}
