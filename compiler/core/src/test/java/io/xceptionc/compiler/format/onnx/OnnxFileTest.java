package io.xceptionc.compiler.format.onnx;

import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.model;
import static io.xceptionc.compiler.format.onnx.HandmadeOnnx.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {

    private static final Path REAL = Path.of("../../generated-examples/foreign/handmade.onnx");
    private static final String HELP = " (export or download the model again)";
    private static final String OUTSIDE =
            " (a model may only name files in its own folder, by a path without .. and links)";

    @TempDir
    Path folder;

    private static HandmadeOnnx modelOf(HandmadeOnnx... tensors) {
        HandmadeOnnx graph = new HandmadeOnnx().with(2, "g");
        for (HandmadeOnnx each : tensors) {
            graph.with(5, each);
        }
        return model(graph, 17);
    }

    @Test
    void readsTheFormsInWhichElementsAreStored() throws InvalidInputException {
        byte[] twoDoubles = HexFormat.of().parseHex("9a9999999999b93f" + "00000000000008c0");
        OnnxFile file = HandmadeOnnx.open(modelOf(
                tensor("raw", 1, 2, 1).with(9, HandmadeOnnx.bytes(1.5f, -2)),
                tensor("typed", 1, 2).with(4, HandmadeOnnx.bytes(3, 4)),
                tensor("double", 11, 2).with(10, twoDoubles),
                tensor("double_raw", 11, 2).with(9, twoDoubles),
                tensor("half", 10, 2).packed(5, 0x3C00, 0xC000),
                tensor("half_raw", 10, 2).with(9, HexFormat.of().parseHex("003c00c0")),
                tensor("upper", 16, 2).with(9, HexFormat.of().parseHex("803fc0bf")),
                tensor("one", 1).with(9, HandmadeOnnx.bytes(7)),
                tensor("none", 1, 3, 0)).toBytes());
        assertArrayEquals(new float[] {1.5f, -2}, file.values("raw"));
        assertArrayEquals(new float[] {3, 4}, file.values("typed"));
        assertArrayEquals(new float[] {0.1f, -3}, file.values("double"));
        assertArrayEquals(new float[] {0.1f, -3}, file.values("double_raw"));
        assertArrayEquals(new float[] {1, -2}, file.values("half"));
        assertArrayEquals(new float[] {1, -2}, file.values("half_raw"));
        assertArrayEquals(new float[] {1, -1.5f}, file.values("upper"));
        assertArrayEquals(new float[] {7}, file.values("one"));
        assertArrayEquals(new float[0], file.values("none"));
        assertEquals(new TensorInfo("raw", ElementType.F32, List.of(2L, 1L)), file.find("raw").orElseThrow());
        assertEquals(List.of("raw", "typed", "double", "double_raw", "half", "half_raw", "upper", "one", "none"),
                file.tensors().stream().map(TensorInfo::name).toList());
        assertEquals("ONNX of hand", file.format());
        assertThrows(IllegalArgumentException.class, () -> file.values("other"));
    }

    @Test
    void refusesOtherTypesWhenTheyAreAskedFor() throws InvalidInputException {
        OnnxFile file = HandmadeOnnx.open(modelOf(tensor("bytes", 3, 2).with(9, new byte[2]),
                tensor("texts", 8, 1).with(6, "a")).toBytes());
        assertEquals(List.of("bytes"), file.tensors().stream().map(TensorInfo::name).toList());
        assertEquals("m.onnx: error[E304]: has the tensor 'bytes' as INT8, which cannot be read as 32-bit floating"
                + " point numbers (convert the model to FLOAT, FLOAT16, BFLOAT16 or DOUBLE)",
                problem(() -> file.values("bytes")));
        assertEquals("m.onnx: error[E304]: has the tensor 'texts' as STRING, which cannot be read as 32-bit floating"
                + " point numbers (convert the model to FLOAT, FLOAT16, BFLOAT16 or DOUBLE)",
                problem(() -> file.values("texts")));
    }

    @Test
    void isToldByItsContent() throws IOException, InvalidInputException {
        Path path = Files.copy(REAL, folder.resolve("w.bin"));
        try (TensorSource source = FileFormat.open(path)) {
            assertEquals("ONNX of handmade", source.format());
            assertEquals(4 * 3 * 3 * 3, source.values("kernel").length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            has a part of 18446744073709551615 bytes at byte 13, where only 0 follow | 3affffffffffffffffff01
            has a part of 4294967301 bytes at byte 8, where only 0 follow            | 3a8580808010
            has a part of 127 bytes at byte 4, where only 1 follow                   | 3a7f08
            has no message or text at byte 3, where one belongs                      | 3801
            has no whole number at byte 3, where one belongs                         | 0a0100
            has no graph                                                             | 1200
            has two graphs                                                           | 3a003a00
            makes no sense at byte 3                                                 | 00
            makes no sense at byte 3                                                 | 7f
            has no message or text at byte 3, where one belongs                      | 3f
            has groups of fields that nest deeper than 100 or end without a beginning | 8c01
            """)
    void lengthsThatOverflowAndFieldsOfTheWrongKindAreRefused(String message, String hex) {
        byte[] bytes = HexFormat.of().parseHex("0807" + hex);
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it " + message + HELP,
                problem(() -> HandmadeOnnx.open(bytes)));
    }

    @Test
    void aNumberOfElevenBytesIsRefused() throws InvalidInputException {
        byte[] ten = HexFormat.of().parseHex("28ffffffffffffffffff01" + "3a00");
        assertEquals(List.of(), HandmadeOnnx.open(new HandmadeOnnx().with(1, 7).raw(ten).toBytes()).tensors());
        byte[] eleven = HexFormat.of().parseHex("28ffffffffffffffffffff01" + "3a00");
        assertTrue(problem(() -> HandmadeOnnx.open(new HandmadeOnnx().with(1, 7).raw(eleven).toBytes()))
                .startsWith("m.onnx: error[E303]: is a damaged ONNX model: it makes no sense at byte "));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 1_000_000})
    void groupsNestNoDeeperThanAHundred(int depth) throws InvalidInputException {
        byte[] groups = new byte[4 * depth];
        for (int i = 0; i < depth; i++) {
            groups[2 * i] = (byte) 0x93; // field 50, a group begins
            groups[2 * i + 1] = 3;
            groups[2 * (depth + i)] = (byte) 0x94;
            groups[2 * (depth + i) + 1] = 3;
        }
        byte[] bytes = model(new HandmadeOnnx(), 17).raw(groups).toBytes();
        if (depth <= 100) {
            assertEquals(List.of(), HandmadeOnnx.open(bytes).tensors());
        } else {
            assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has groups of fields that nest deeper than"
                    + " 100 or end without a beginning" + HELP, problem(() -> HandmadeOnnx.open(bytes)));
        }
    }

    @Test
    void graphsWithinGraphsAreNotFollowedForEver() throws InvalidInputException {
        HandmadeOnnx graph = new HandmadeOnnx();
        for (int depth = 0; depth < 2_000; depth++) {
            graph = new HandmadeOnnx().with(1, new HandmadeOnnx().with(4, "If").with(5,
                    new HandmadeOnnx().with(1, "then_branch").with(6, graph).with(20, 5)));
        }
        OnnxFile file = HandmadeOnnx.open(model(graph, 17).toBytes());
        OnnxNode node = file.model().nodes().getFirst();
        int depth = 0;
        while (node.attributes().get("then_branch") instanceof OnnxAttribute.Subgraph(OnnxGraph inner)) {
            node = inner.nodes().getFirst();
            depth++;
        }
        assertEquals(16, depth);
        assertEquals(new OnnxAttribute.Other(), node.attributes().get("then_branch"));
    }

    @Test
    void moreFieldsThanAnyNetworkHasAreRefused() {
        byte[] fields = new byte[2 * (Wire.MOST_FIELDS + 1)];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = 5 << 3;
        }
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has more than 4000000 fields" + HELP,
                problem(() -> HandmadeOnnx.open(new HandmadeOnnx().with(1, 7).raw(fields).toBytes())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | -1                            | of the shape [-1], of negative size
            1 | 4294967296, 4294967296        | of the shape [4294967296, 4294967296], of more bytes than there can be
            1 | 9223372036854775807           | of the shape [9223372036854775807], of more bytes than there can be
            1 | 2                             | FLOAT [2], whose elements have not as many bytes as that takes
            1 | 1, 1, 1, 1, 1, 1, 1, 1, 1     | of more than 8 axes
            99 | 1                            | of the unknown type 99
            """)
    void shapesThatDoNotFitTheElementsAreRefused(int type, String shape, String message) {
        long[] sizes = Arrays.stream(shape.split(", ")).mapToLong(Long::parseLong).toArray();
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has the tensor 'w' " + message + HELP,
                problem(() -> HandmadeOnnx.open(modelOf(tensor("w", type, sizes).with(9, new byte[4])).toBytes())));
    }

    @Test
    void wholeNumbersMustBeAsManyAsTheShapeSays() throws InvalidInputException {
        OnnxFile file = HandmadeOnnx.open(modelOf(tensor("h", 10, 2).packed(5, 1, 2, 3)).toBytes());
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has the tensor 'h' [2], which has another number"
                + " of elements" + HELP, problem(() -> file.values("h")));
    }

    @Test
    void twoInitializersOfOneNameAreRefused() {
        assertEquals("m.onnx: error[E303]: is a damaged ONNX model: it has two initializers called 'w'" + HELP,
                problem(() -> HandmadeOnnx.open(
                        modelOf(tensor("w", 1, 0), tensor("w", 1, 0)).toBytes())));
    }

    private static HandmadeOnnx external(String location, long byteOffset, long... shape) {
        return tensor("w", 1, shape).with(14, 1)
                .with(13, new HandmadeOnnx().with(1, "location").with(2, location))
                .with(13, new HandmadeOnnx().with(1, "offset").with(2, Long.toString(byteOffset)));
    }

    private Path write(HandmadeOnnx tensor) throws IOException {
        return Files.write(folder.resolve("m.onnx"), modelOf(tensor).toBytes());
    }

    @Test
    void readsExternalData() throws IOException, InvalidInputException {
        Files.createDirectory(folder.resolve("data"));
        Files.write(folder.resolve("data/w.bin"), HandmadeOnnx.bytes(0, 5, 6));
        try (TensorSource file = FileFormat.open(write(external("data/w.bin", 4, 2)))) {
            assertArrayEquals(new float[] {5, 6}, file.values("w"));
        }
    }

    @Test
    void readsExternalDataBeyondTwoGibibytes() throws IOException, InvalidInputException {
        try (FileChannel channel = FileChannel.open(folder.resolve("large.bin"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(HandmadeOnnx.bytes(1.5f, -2.5f)), 2_200_000_001L);
        }
        try (TensorSource file = FileFormat.open(write(external("large.bin", 2_200_000_001L, 2)))) {
            assertArrayEquals(new float[] {1.5f, -2.5f}, file.values("w"));
        }
    }

    @Test
    void aModelOfMoreThanTwoGibibytesIsRefused() throws IOException {
        Path path = folder.resolve("m.onnx");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(modelOf().toBytes()));
            channel.write(ByteBuffer.allocate(1), 1L << 31);
        }
        assertEquals(path + ": error[E303]: is larger than the 2 GiB that an ONNX model may have (save it with external"
                + " data: the weights in files beside it)", problem(() -> FileFormat.open(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../w.bin", "/w.bin", "a/../w.bin", "a/../../w.bin", "./w.bin", "..\\w.bin", "w\0.bin"})
    void externalDataOutsideOfTheFolderIsRefused(String location) throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[8]);
        Path path = write(external(location, 0, 2));
        assertEquals(path + ": error[E303]: names a file outside of its folder: '" + location.replace("\0", "\\u{0}")
                + "'" + OUTSIDE, problem(() -> FileFormat.open(path)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need privileges")
    void externalDataThroughALinkIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.write(elsewhere.resolve("w.bin"), new byte[8]);
        Files.createSymbolicLink(folder.resolve("w.bin"), elsewhere.resolve("w.bin"));
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        for (String location : List.of("w.bin", "linked/w.bin")) {
            Path path = write(external(location, 0, 2));
            assertEquals(path + ": error[E303]: names the file '" + location + "', which is reached through a link"
                    + OUTSIDE, problem(() -> FileFormat.open(path)));
        }
    }

    @Test
    void externalDataThatIsNotThereIsRefused() throws IOException {
        Path path = write(external("w.bin", 0, 2));
        assertEquals(path + ": error[E303]: has tensors in the file 'w.bin', which is not in its folder (put it there)",
                problem(() -> FileFormat.open(path)));
        Files.write(folder.resolve("w.bin"), new byte[8]);
        Path beyond = write(external("w.bin", 4, 2));
        assertEquals(beyond + ": error[E303]: has the tensor 'w' in the file 'w.bin', which ends before it does" + HELP,
                problem(() -> FileFormat.open(beyond)));
        Path negative = write(external("w.bin", -4, 2));
        assertEquals(negative + ": error[E303]: is a damaged ONNX model: it has the tensor 'w' in another file, at the"
                + " offset '-4'" + HELP, problem(() -> FileFormat.open(negative)));
    }

    @Test
    void aFileCutAtAnyByteIsATypedError() throws IOException {
        byte[] whole = Files.readAllBytes(REAL);
        int opened = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            opened += readsOrRefuses(cut) ? 1 : 0;
        }
        assertEquals(1, opened, "cut between graph and opset_import, it is a whole message still");
    }

    @Property(tries = 2000)
    void flippedBitsAreReadOrRefused(@ForAll @Size(min = 1, max = 4) List<@IntRange(max = 18_000) Integer> places)
            throws IOException {
        byte[] bytes = Files.readAllBytes(REAL);
        for (int place : places) {
            bytes[place / 8 % bytes.length] ^= (byte) (1 << place % 8);
        }
        readsOrRefuses(bytes);
    }

    /** Whether a file opens; any failure but a typed one gets out. */
    private static boolean readsOrRefuses(byte[] bytes) {
        OnnxFile file;
        try {
            file = HandmadeOnnx.open(bytes);
        } catch (InvalidInputException refused) {
            assertEquals(1, refused.diagnostics().size());
            return false;
        }
        for (TensorInfo tensor : file.tensors()) {
            try {
                file.values(tensor.name());
            } catch (InvalidInputException refused) {
                assertEquals(1, refused.diagnostics().size());
            }
        }
        return true;
    }

    private interface Reading {
        Object read() throws InvalidInputException;
    }

    private static String problem(Reading reading) {
        return HandmadeSafetensors.text(assertThrows(InvalidInputException.class, reading::read).diagnostics());
    }
}
