package io.xceptionc.compiler.format.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.format.zip.HandmadeZip;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that PyTorch has written, against what PyTorch reads from them; {@code make_checkpoints.py} has made both. */
class PyTorchFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            small               | small | PyTorch
            small-legacy        | small | PyTorch before 1.6
            small-nested        | small | PyTorch, state dict at 'model_state_dict', without the prefix 'module.'
            small-nested-legacy | small | PyTorch before 1.6, state dict at 'model.state_dict', \
            without the prefix 'module.'
            views-2             | views | PyTorch
            views-3             | views | PyTorch
            views-4             | views | PyTorch
            views-5             | views | PyTorch
            views-legacy-2      | views | PyTorch before 1.6
            views-legacy-4      | views | PyTorch before 1.6
            """)
    void readsWhatPyTorchReads(String name, String expected, String format) throws Exception {
        try (TensorSource source = FileFormat.open(resource(name + ".pt"))) {
            assertEquals(format, source.format());
            requireTensors(expected, source);
        }
    }

    /** Each line of the oracle is one tensor: name, type, shape, bits of the elements as float32. */
    private static void requireTensors(String expected, TensorSource source) throws Exception {
        List<String> lines = new ArrayList<>();
        for (TensorInfo tensor : source.tensors()) {
            StringBuilder line = new StringBuilder(escaped(tensor.name())).append(',').append(tensor.type());
            line.append(',').append(String.join(" ", tensor.shape().stream().map(String::valueOf).toList()))
                    .append(',');
            if (tensor.type().isFloat()) {
                List<String> elements = new ArrayList<>();
                for (float value : source.values(tensor.name())) {
                    elements.add("%08x".formatted(Float.floatToRawIntBits(value)));
                }
                line.append(String.join(" ", elements));
            }
            lines.add(line.toString());
            assertEquals(tensor, source.find(tensor.name()).orElseThrow());
        }
        assertEquals(Files.readAllLines(resource(expected + ".csv")), lines);
    }

    /** As Python's {@code unicode_escape} has it. */
    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        name.codePoints().forEach(point -> escaped.append(point == '\n'
                ? "\\n"
                : point < 0x7f
                        ? Character.toString(point)
                        : (point < 0x100 ? "\\x%02x" : "\\u%04x").formatted(point)));
        return escaped.toString();
    }

    @Test
    void readsAnArchiveThatWasPackedAnew() throws Exception {
        Map<String, byte[]> members = members("views-2");
        Path packed = Files.write(folder.resolve("packed.pt"), HandmadeZip.deflated(members));
        try (TensorSource source = FileFormat.open(packed)) {
            requireTensors("views", source);
        }
    }

    @Test
    void integersAreRefusedOnlyIfAskedFor() throws Exception {
        Path path = resource("small.pt");
        try (TensorSource source = FileFormat.open(path)) {
            assertEquals(
                    path + ": error[E304]: has the tensor 'bn1.num_batches_tracked' as I64, which cannot be read as"
                            + " 32-bit floating point numbers (save it as F32, F16, BF16 or F64)",
                    problem(() -> source.values("bn1.num_batches_tracked")));
            assertThrows(IllegalArgumentException.class, () -> source.values("other"));
        }
    }

    @Test
    void aDamagedStorageIsFoundWhenItIsRead() throws Exception {
        byte[] bytes = Files.readAllBytes(resource("small.pt"));
        long offset = HandmadeZip.byteOffset(bytes, "small/data/0");
        bytes[(int) offset] ^= 1;
        Path path = Files.write(folder.resolve("small.pt"), bytes);
        try (TensorSource source = FileFormat.open(path)) {
            assertEquals(path + ": error[E303]: has the member 'small/data/0', which has other bytes than its checksum"
                    + " says (the archive is damaged; save or download it again)",
                    problem(() -> source.values("conv1.weight")));
            assertEquals(4, source.values("bn1.weight").length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            model      | has a pickle that wants '__main__.Small', which is none of the few things that tensors need, \
            at byte 18 (WHOLE_MODULE)
            tensor     | holds a single tensor and so no state dict (RESAVE)
            list       | holds no dictionary and so no state dict (RESAVE)
            no-tensors | holds no state dict: there are no tensors in it (RESAVE)
            several    | holds several state dicts: 'generator', 'critic' (in Python, \
            torch.save(torch.load(path)['...'], new_path) saves one of them)
            script     | is a TorchScript archive, a program and not a state dict (in Python, \
            torch.save(torch.jit.load(path).state_dict(), new_path) saves its tensors)
            """)
    void whatIsNoStateDictIsNamed(String name, String message) throws URISyntaxException {
        Path path = resource(name + ".pt");
        assertEquals(path + ": error[E303]: " + message.replace("RESAVE", Unpickler.RESAVE)
                .replace("WHOLE_MODULE", Unpickler.WHOLE_MODULE), problem(() -> FileFormat.open(path)));
    }

    @Test
    void anArchiveMustHaveOnePickleAndAllStorages() throws Exception {
        Map<String, byte[]> two = members("small");
        two.put("other/data.pkl", two.get("small/data.pkl"));
        assertEquals("has 2 members called data.pkl, but a checkpoint has one (" + Unpickler.RESAVE + ")",
                problem(two));
        Map<String, byte[]> none = members("small");
        none.remove("small/data/3");
        assertEquals("lacks the member 'small/data/3', where a tensor should be (" + PickleReader.DAMAGED + ")",
                problem(none));
        Map<String, byte[]> shorter = members("small");
        shorter.put("small/data/0", new byte[431]);
        assertEquals("has the member 'small/data/0' of 431 bytes, but 108 elements of F32 take 432 ("
                + PickleReader.DAMAGED + ")", problem(shorter));
    }

    @Test
    void otherVersionsAndByteOrdersAreRefused() throws Exception {
        Map<String, byte[]> newer = members("small");
        newer.put("small/version", "11\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("has the format version '11' of PyTorch; up to 10 are known (save it with torch.save of a PyTorch"
                + " before that, or as safetensors)", problem(newer));
        Map<String, byte[]> big = members("small");
        big.put("small/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        assertEquals("has the byte order 'big', not little (load and save it on a little-endian machine, or save it as"
                + " safetensors)", problem(big));
    }

    private String problem(Map<String, byte[]> members) throws IOException {
        Path path = Files.write(folder.resolve("w.pt"), HandmadeZip.stored(members));
        String problem = problem(() -> FileFormat.open(path));
        Files.delete(path);
        return problem.replace(path + ": error[E303]: ", "");
    }

    private static Map<String, byte[]> members(String name) throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(resource(name + ".pt").toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return members;
    }

    private interface Reading {
        Object read() throws InvalidInputException;
    }

    private static String problem(Reading reading) {
        return HandmadeSafetensors.text(assertThrows(InvalidInputException.class, reading::read).diagnostics());
    }

    static Path resource(String name) throws URISyntaxException {
        return Path.of(PyTorchFileTest.class.getResource(name).toURI());
    }
}
