package io.xceptionc.compiler.format.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @TempDir
    Path folder;

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        byte[] bytes = bytes(new SafetensorsWriter().add("b", ElementType.F16, List.of(3), () -> new float[] {1, 2, -1})
                .add("a\"\n", List.of(2, 1), new float[] {1, -2}));
        String header =
                """
                        {"b":{"dtype":"F16","shape":[3],"data_offsets":[8,14]},"a\\"\\n":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}\s\s\s\s\s\s""";
        assertArrayEquals(HandmadeSafetensors.file(header.length(), header.getBytes(StandardCharsets.UTF_8),
                HexFormat.of().parseHex("0000803f000000c0003c004000bc")), bytes);
        assertEquals(0, header.length() % 8);
    }

    @Test
    void anEmptyFileHasAnEmptyHeader() throws IOException {
        assertArrayEquals(HandmadeSafetensors.file("{}      ", 0), bytes(new SafetensorsWriter()));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll @Size(max = 5) @UniqueElements List<String> names, @ForAll float[] values)
            throws Exception {
        List<String> distinct = names.stream().filter(name -> !name.equals("__metadata__"))
                .filter(SafetensorsWriterTest::isEncodable).toList();
        SafetensorsWriter writer = new SafetensorsWriter();
        for (String name : distinct) {
            writer.add(name, List.of(1, values.length), values);
        }
        SafetensorsFile file = HandmadeSafetensors.open(bytes(writer));
        assertEquals(distinct, file.tensors().stream().map(TensorInfo::name).toList());
        for (String name : distinct) {
            assertArrayEquals(values, file.values(name));
        }
    }

    private static boolean isEncodable(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    @Test
    void largeTensorsAreWrittenInParts() throws IOException, InvalidInputException {
        float[] values = new float[200_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path path = folder.resolve("large.safetensors");
        new SafetensorsWriter().add("n", List.of(200_001), values)
                .add("wide", ElementType.F64, List.of(3, 66_667), () -> values).writeTo(path);
        try (TensorSource file = FileFormat.open(path)) {
            assertArrayEquals(values, file.values("n"));
            assertArrayEquals(values, file.values("wide"));
        }
    }

    @Test
    void aFileAppearsWholeOrNotAtAll() throws IOException {
        Path path = folder.resolve("w.safetensors");
        new SafetensorsWriter().add("a", List.of(1), new float[] {1}).writeTo(path);
        byte[] before = Files.readAllBytes(path);
        SafetensorsWriter failing = new SafetensorsWriter().add("b", List.of(100), new float[100])
                .add("a", List.of(2), new float[1]);
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> failing.writeTo(path));
        assertEquals("tensor 'a' has 1 values, not 2", failure.getMessage());
        assertArrayEquals(before, Files.readAllBytes(path));
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(left::add);
        }
        assertEquals(List.of(path), left);
        new SafetensorsWriter().writeTo(path);
        assertEquals(16, Files.size(path));
    }

    @Test
    void refusesWhatWouldBeNoFile() {
        SafetensorsWriter writer = new SafetensorsWriter().add("a", List.of(1), new float[1]);
        assertThrows(IllegalArgumentException.class, () -> writer.add("a", List.of(1), new float[1]));
        assertThrows(IllegalArgumentException.class, () -> writer.add("__metadata__", List.of(1), new float[1]));
        assertThrows(IllegalArgumentException.class,
                () -> writer.add("i", ElementType.I32, List.of(1), () -> new float[1]));
    }

    private static byte[] bytes(SafetensorsWriter writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }
}
