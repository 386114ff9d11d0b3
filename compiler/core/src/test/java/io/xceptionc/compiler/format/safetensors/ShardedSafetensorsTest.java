package io.xceptionc.compiler.format.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedSafetensorsTest {

    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";
    private static final String TOGETHER =
            " (put the index and all its shards, as they were saved together, into one folder)";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeShards() throws IOException {
        new SafetensorsWriter().add("b", List.of(2), new float[] {1, 2}).add("c", List.of(), new float[] {3})
                .writeTo(folder.resolve(FIRST));
        new SafetensorsWriter().add("a", List.of(1, 1), new float[] {4}).writeTo(folder.resolve(SECOND));
    }

    private Path index(String text) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"),
                text.replace("FIRST", '"' + FIRST + '"').replace("SECOND", '"' + SECOND + '"'));
    }

    private String problem(String text) throws IOException {
        Path index = index(text);
        return HandmadeSafetensors.text(
                assertThrows(InvalidInputException.class, () -> FileFormat.open(index)).diagnostics())
                .replace(folder + "/", "").replaceFirst("^model.safetensors.index.json: ", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n  \t"})
    void readsAllShards(String before) throws IOException, InvalidInputException {
        Path path = index(before + """
                {
                  "metadata": {"total_size": 16, "more": [{"nested": null}]},
                  "weight_map": {"a": SECOND, "b": FIRST, "c": FIRST}
                }
                """);
        try (TensorSource source = FileFormat.open(path)) {
            assertEquals("safetensors in 2 shards", source.format());
            assertEquals(path.toString(), source.name());
            assertEquals(List.of("a", "b", "c"), source.tensors().stream().map(TensorInfo::name).toList());
            assertEquals(List.of(2L), source.find("b").orElseThrow().shape());
            assertArrayEquals(new float[] {4}, source.values("a"));
            assertArrayEquals(new float[] {1, 2}, source.values("b"));
            assertArrayEquals(new float[] {3}, source.values("c"));
            assertThrows(IllegalArgumentException.class, () -> source.values("d"));
        }
    }

    @Test
    void missingShards() throws IOException {
        assertEquals("error[E401]: lists the shard 'model-00003-of-00002.safetensors', which is not in its folder"
                + TOGETHER, problem("{\"weight_map\": {\"a\": SECOND, \"d\": \"model-00003-of-00002.safetensors\"}}"));
    }

    @Test
    void disagreement() throws IOException {
        assertEquals("error[E303]: has the tensor 'a' in '" + FIRST + "', but it is not there" + TOGETHER,
                problem("{\"weight_map\": {\"a\": FIRST, \"b\": FIRST, \"c\": FIRST}}"));
        assertEquals("error[E303]: has the tensor 'c' in no shard, but there is one in '" + FIRST + "'" + TOGETHER,
                problem("{\"weight_map\": {\"a\": SECOND, \"b\": FIRST}}"));
        new SafetensorsWriter().add("a", List.of(), new float[1]).add("b", List.of(2), new float[2])
                .writeTo(folder.resolve(SECOND));
        assertEquals(
                "error[E303]: has the tensor 'b' in '" + FIRST + "', but there is one in '" + SECOND + "'" + TOGETHER,
                problem("{\"weight_map\": {\"a\": SECOND, \"b\": FIRST, \"c\": FIRST}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../w", "/w", "..", ".", "", "a\\\\b", "C:w", "a\\u0000b"})
    void shardsElsewhere(String name) throws IOException {
        String problem = problem("{\"weight_map\": {\"a\": \"" + name + "\"}}");
        assertEquals(", which is no file of its own folder (" + ShardIndex.HELP + ")",
                problem.substring(problem.indexOf(", which")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shardsThatAreLinks() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve(FIRST));
        assertEquals(
                "error[E401]: has the shard 'link', which is a link and so may lead anywhere (copy the files that are"
                        + " meant into one folder)",
                problem("{\"weight_map\": {\"b\": \"link\"}}"));
    }

    @Test
    void aDamagedShardIsNamed() throws IOException {
        Files.write(folder.resolve(SECOND), new byte[3]);
        assertEquals(
                SECOND + ": error[E303]: is not a safetensors file: its length is 3, less than the 8 bytes before a"
                        + " header (" + SafetensorsHeader.HELP + ")",
                problem("{\"weight_map\": {\"a\": SECOND}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    {"weight_map": {"a": FIRST, "a": FIRST}}   | has the tensor 'a' twice
                    {"weight_map": {}, "weight_map": {}}       | has two weight_maps
                    {"weight_map": ["a"]}                      | has a weight_map that is no object
                    {"weight_map": {"a": 1}}                   | gives no file name for the tensor 'a'
                    {"weight_map": {"a": FIRST}} 1             | has more than one value, where the index of several safetensors files has one
                    {"weight_map": {"a": FIRST                 | is no valid JSON, as the index of several safetensors files is, at line 1
                    {"weight_map": {"a": FIRST}, "b": nul}     | is no valid JSON, as the index of several safetensors files is, at line 1
                    """)
    void wrongIndexes(String text, String message) throws IOException {
        assertEquals("error[E303]: " + message + " (" + ShardIndex.HELP + ")", problem(text));
    }

    @Test
    void otherJson() throws IOException {
        assertEquals(
                "error[E303]: is JSON without a weight_map, and so not the index of several safetensors files (give"
                        + " the file that ends in .safetensors.index.json, or a weights file)",
                problem("{\"model\": \"xception\"}"));
    }

    @Test
    void bounds() throws IOException {
        StringBuilder tensors = new StringBuilder("{\"weight_map\": {");
        for (int i = 0; i <= 1000; i++) {
            tensors.append(i == 0 ? "" : ",").append("\"t").append(i).append("\":\"f").append(i).append('"');
        }
        assertEquals("error[E303]: has more than 1000 shards (" + ShardIndex.HELP + ")", problem(tensors + "}}"));
        assertEquals("error[E303]: nests too deep, or has too long a name or number (" + ShardIndex.HELP
                + ")", problem("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"));
        for (int i = 0; i <= 100_000; i++) {
            tensors.append(",\"u").append(i).append("\":\"f\"");
        }
        assertEquals("error[E303]: has more than 100000 tensors (" + ShardIndex.HELP + ")", problem(tensors + "}}"));
        assertEquals("error[E303]: is an index of 33554433 bytes, more than the 33554432 allowed (" + ShardIndex.HELP
                + ")", problem("{" + " ".repeat(32 << 20)));
    }
}
