package io.xceptionc.compiler.format.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsHeaderTest {

    private static final String GOOD =
            """
                    {"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b.num":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                arguments("", 0, "has a header in which the header is no object, at character 0"),
                arguments("[]", 0, "has a header in which the header is no object, at character 0"),
                arguments("{", 0, "has a header that is not valid JSON, at character 1"),
                arguments("{}{}", 0, "has more than one value in its header"),
                arguments("{} x", 0, "has a header that is not valid JSON, at character 4"),
                arguments("{'a':1}", 0, "has a header that is not valid JSON, at character 2"),
                arguments("{\"a\":1}", 0, "has a header in which 'a' is no object, at character 5"),
                arguments("{\"__metadata__\":[]}", 0,
                        "has a header in which '__metadata__' is no object, at character 16"),
                arguments("{\"__metadata__\":{\"k\":1}}", 0,
                        "has a header in which each value of __metadata__ is no string, at character 21"),
                arguments("{\"a\":{}}", 0, "does not give dtype, shape and two data_offsets of the tensor 'a'"),
                arguments(tensor("a", "\"F32\"", "[1]", "[0]"), 4,
                        "does not give dtype, shape and two data_offsets of the tensor 'a'"),
                arguments(tensor("a", "7", "[1]", "[0,4]"), 4,
                        "has a header in which the dtype of 'a' is no string, at character 14"),
                arguments(tensor("a", "\"F32\"", "1", "[0,4]"), 4,
                        "has a header in which the shape of 'a' is no list, at character 28"),
                arguments(tensor("a", "\"F32\"", "[1.0]", "[0,4]"), 4,
                        "has a header in which each number in the shape of 'a' is no whole number, at character 29"),
                arguments(tensor("a", "\"F32\"", "[[1]]", "[0,4]"), 4,
                        "has a header that nests too deep or has too long a name or number, at character 30"),
                arguments(tensor("a", "\"F32\"", "[-1]", "[0,4]"), 4,
                        "has the number -1 in the shape of 'a', which is out of range"),
                arguments(tensor("a", "\"F32\"", "[9223372036854775808]", "[0,4]"), 4,
                        "has the number 9223372036854775808 in the shape of 'a', which is out of range"),
                arguments(tensor("a", "\"F32\"", "[1]", "[0,-4]"), 4,
                        "has the number -4 in the data_offsets of 'a', which is out of range"),
                arguments(tensor("a", "\"F32\"", "[" + "9".repeat(30) + "]", "[0,4]"), 4,
                        "has a header that nests too deep or has too long a name or number, at character 59"),
                arguments(tensor("a", "\"F32\"", "[1,1,1,1,1,1,1,1,1]", "[0,4]"), 4,
                        "has more than 8 numbers in the shape of 'a'"),
                arguments(tensor("a", "\"F32\"", "[1]", "[0,4,4]"), 4,
                        "has more than 2 numbers in the data_offsets of 'a'"),
                arguments(tensor("a", "\"F32\"", "[4294967296,4294967296]", "[0,4]"), 4,
                        "has the tensor 'a' F32 [4294967296, 4294967296], of more bytes than there can be"),
                arguments(tensor("a", "\"F64\"", "[2305843009213693952]", "[0,4]"), 4,
                        "has the tensor 'a' F64 [2305843009213693952], of more bytes than there can be"),
                arguments(tensor("a", "\"F16\"", "[3]", "[0,4]"), 4,
                        "gives the tensor 'a' F16 [3] the bytes 0 to 4, but it takes 6"),
                arguments(tensor("a", "\"F16\"", "[2]", "[4,0]"), 4,
                        "gives the tensor 'a' F16 [2] the bytes 4 to 0, but it takes 4"),
                arguments("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 0, "gives dtype of the tensor 'a' twice"),
                arguments("{\"a\":{\"type\":\"F32\"}}", 0, "has the unknown key 'type' at the tensor 'a'"),
                arguments(tensors("a", 0, 4, "a", 4, 8), 8, "has two tensors called 'a'"),
                arguments(tensors("a", 0, 4, "\\u0061", 4, 8), 8, "has two tensors called 'a'"),
                arguments(tensors("a", 0, 8, "b", 4, 12), 12,
                        "has tensors that overlap: 'b' begins at byte 4 of the data, the one before it ends at 8"),
                arguments(tensors("b", 4, 8, "a", 0, 8), 8,
                        "has tensors that overlap: 'b' begins at byte 4 of the data, the one before it ends at 8"),
                arguments(tensors("a", 4, 8, "b", 8, 12), 12,
                        "has a gap: 'a' begins at byte 4 of the data, what is before it ends at 0"),
                arguments(tensors("a", 0, 4, "b", 8, 12), 12,
                        "has a gap: 'b' begins at byte 8 of the data, what is before it ends at 4"),
                arguments(tensors("a", 0, 4, "b", 4, 12), 11,
                        "is cut off: 'b' begins at byte 4 of the data and ends at 12, but the file has only 11"),
                arguments(tensors("a", 0, 4, "b", 4, 12), 17, "has more data than tensors: they end at byte 12 of 17"),
                arguments("{}", 1, "has more data than tensors: they end at byte 0 of 1"),
                arguments(tensors("\\u001b[2J\\n", 4, 8, "b", 8, 12), 12,
                        "has a gap: '\\u{1b}[2J\\u{a}' begins at byte 4 of the data, what is before it ends at 0"));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void aBadHeaderIsOneDamagedFile(String header, int dataLength, String message) {
        assertEquals("w.safetensors: error[E303]: " + message + " (" + SafetensorsHeader.HELP + ")",
                problem(HandmadeSafetensors.file(header, dataLength)));
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertEquals(
                "w.safetensors: error[E304]: has the tensor 'a' of the unknown dtype 'F4' (known are [F64, F32, F16, "
                        + "BF16, F8_E5M2, F8_E4M3, C64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL])",
                problem(HandmadeSafetensors.file(tensor("a", "\"F4\"", "[8]", "[0,4]"), 4)));
    }

    static Stream<Arguments> badLengths() {
        return Stream.of(
                arguments(-1L, "declares a header of 18446744073709551615 bytes, more than the 100000000 allowed"),
                arguments(Long.MIN_VALUE,
                        "declares a header of 9223372036854775808 bytes, more than the 100000000 allowed"),
                arguments(100_000_001L, "declares a header of 100000001 bytes, more than the 100000000 allowed"),
                arguments(100_000_000L, "declares a header of 100000000 bytes, but only 2 follow"),
                arguments(3L, "declares a header of 3 bytes, but only 2 follow"));
    }

    @ParameterizedTest
    @MethodSource("badLengths")
    void aBadLengthIsOneDamagedFile(long length, String message) {
        byte[] file = HandmadeSafetensors.file(length, new byte[] {'{', '}'}, new byte[0]);
        assertEquals("w.safetensors: error[E303]: " + message + " (" + SafetensorsHeader.HELP + ")", problem(file));
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        String message =
                "w.safetensors: error[E303]: has a header that is not valid UTF-8 (" + SafetensorsHeader.HELP + ")";
        for (int[] name : new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xc3}}) {
            byte[] header = GOOD.replace("b.num", "x".repeat(name.length)).getBytes(StandardCharsets.UTF_8);
            int at = GOOD.indexOf("b.num");
            IntStream.range(0, name.length).forEach(i -> header[at + i] = (byte) name[i]);
            assertEquals(message, problem(HandmadeSafetensors.file(header.length, header, new byte[16])));
        }
        byte[] utf16 = GOOD.getBytes(StandardCharsets.UTF_16LE);
        assertEquals("w.safetensors: error[E303]: has a header that is not valid JSON, at character 2 ("
                + SafetensorsHeader.HELP
                + ")", problem(HandmadeSafetensors.file(utf16.length, utf16, new byte[16])));
    }

    @Test
    void whatIsHugeIsRefusedSoon() {
        String deep = "{\"a\":" + "[".repeat(5_000_000);
        String longName = tensor("n".repeat(5_000_000), "\"F32\"", "[1]", "[0,4]");
        String longType = tensor("a", "\"" + "F".repeat(5_000_000) + "\"", "[1]", "[0,4]");
        String longNumber = tensor("a", "\"F32\"", "[" + "1".repeat(5_000_000) + "]", "[0,4]");
        for (String header : List.of(deep, longName, longType, longNumber)) {
            String problem = assertTimeoutPreemptively(LONG_ENOUGH, () -> problem(HandmadeSafetensors.file(header, 4)));
            assertTrue(problem.startsWith("w.safetensors: error[E303]: has a header "), problem);
        }
        String longMetadata = "{\"__metadata__\":{\"k\":\"" + "v".repeat(5_000_000) + "\"}}";
        assertTimeoutPreemptively(LONG_ENOUGH,
                () -> HandmadeSafetensors.open(HandmadeSafetensors.file(longMetadata, 0)));
    }

    @Test
    void aHundredThousandTensorsAreReadAndNotOneMore() throws InvalidInputException {
        byte[] most = HandmadeSafetensors.file(emptyTensors(100_000), 0);
        assertEquals(100_000, HandmadeSafetensors.open(most).tensors().size());
        assertEquals("w.safetensors: error[E303]: has more than 100000 tensors (" + SafetensorsHeader.HELP + ")",
                problem(HandmadeSafetensors.file(emptyTensors(100_001), 0)));
    }

    @Test
    void aFileCutOffAtAnyByteIsDamaged() throws InvalidInputException {
        byte[] whole = HandmadeSafetensors.file(GOOD, 16);
        HandmadeSafetensors.open(whole);
        for (int length = 0; length < whole.length; length++) {
            String problem = problem(Arrays.copyOf(whole, length));
            assertTrue(problem.startsWith("w.safetensors: error[E303]: "), problem);
            assertTrue(problem.contains(length < 8
                    ? "is not a safetensors file: its length is " + length
                    : length < 8 + GOOD.length() ? "but only " + (length - 8) + " follow" : "is cut off"), problem);
        }
    }

    @Test
    void anyBitOfTheHeaderFlippedGivesATypedErrorOrARegularFile() {
        byte[] whole = HandmadeSafetensors.file(GOOD, 16);
        assertTimeoutPreemptively(LONG_ENOUGH, () -> {
            for (int bit = 0; bit < (8 + GOOD.length()) * Byte.SIZE; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                readWhole(flipped);
            }
        });
    }

    @Property
    void anyBytesGiveATypedErrorOrARegularFile(@ForAll byte[] bytes) {
        readWhole(bytes);
    }

    @Property
    void anyHeaderGivesATypedErrorOrARegularFile(@ForAll byte[] header, @ForAll byte[] data) {
        readWhole(HandmadeSafetensors.file(header.length, header, data));
    }

    @Property
    void anyTokensGiveATypedErrorOrARegularFile(@ForAll("tokens") String header, @ForAll byte[] data) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        readWhole(HandmadeSafetensors.file(bytes.length, bytes, data));
    }

    /** Text that gets far into the parser: the tokens of a good header, some of them exchanged. */
    @Provide
    Arbitrary<String> tokens() {
        List<String> good = List.of("{", "\"a\"", ":", "{", "\"dtype\"", ":", "\"F32\"", ",", "\"shape\"", ":", "[",
                "1", ",", "0", "]",
                ",", "\"data_offsets\"", ":", "[", "0", ",", "0", "]", "}", "}");
        Arbitrary<String> other =
                Arbitraries.of("{", "}", "[", "]", ",", ":", "1", "-1", "1e9", "9223372036854775807", "null",
                        "\"\"", "\"I8\"", "\"__metadata__\"", "\"dtype\"", "\"\\ud800\"", "");
        Arbitrary<String> keep = Arbitraries.just("keep");
        return Arbitraries.frequencyOf(Tuple.of(9, keep), Tuple.of(1, other)).list()
                .ofSize(good.size()).map(changes -> IntStream.range(0, good.size())
                        .mapToObj(i -> changes.get(i).equals("keep") ? good.get(i) : changes.get(i))
                        .collect(Collectors.joining()));
    }

    private static void readWhole(byte[] bytes) {
        try (SafetensorsFile file = HandmadeSafetensors.open(bytes)) {
            for (TensorInfo tensor : file.tensors()) {
                if (tensor.type().isFloat()) {
                    assertEquals(tensor.elementCount(), file.values(tensor.name()).length);
                }
            }
        } catch (InvalidInputException expected) {
            assertEquals(1, expected.diagnostics().size());
            assertEquals(1, expected.getMessage().lines().count());
        }
    }

    private static String problem(byte[] bytes) {
        return HandmadeSafetensors.text(
                assertThrows(InvalidInputException.class, () -> HandmadeSafetensors.open(bytes)).diagnostics());
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "{\"" + name + "\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    /** Two tensors of bytes. */
    private static String tensors(String first, int begin, int end, String second, int secondBegin, int secondEnd) {
        return """
                {"%s":{"dtype":"U8","shape":[%d],"data_offsets":[%d,%d]},"%s":{"dtype":"I8","shape":[%d],"data_offsets":[%d,%d]}}"""
                .formatted(first, end - begin, begin, end, second, secondEnd - secondBegin, secondBegin, secondEnd);
    }

    private static String emptyTensors(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"t" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
