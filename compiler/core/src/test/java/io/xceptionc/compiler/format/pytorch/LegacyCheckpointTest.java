package io.xceptionc.compiler.format.pytorch;

import static io.xceptionc.compiler.format.pytorch.HandmadePickle.bytes;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.stateDict;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of PyTorch before 1.6 put together by hand; those that it has written are in {@link PyTorchFileTest}. */
class LegacyCheckpointTest {

    private static final String MAGIC = "\200\2\212\nl\374\234F\371 j\250P\31.";
    private static final String VERSION = "\200\2M\351\3.";
    private static final String MACHINE = "\200\2}X\15\0\0\0little_endian\210s.";
    private static final String ROOT = stateDict(tensor("K\0K\4\205K\1\205"));
    private static final String KEYS = "\200\2]X\1\0\0\0000a.";
    private static final String DATA = "\4\0\0\0\0\0\0\0\0\0\200?\0\0\0@\0\0@@\0\0\200@";

    @TempDir
    private Path folder;

    private TensorSource open(String content) throws IOException, InvalidInputException {
        return FileFormat.open(Files.write(folder.resolve("w.pt"), bytes(content)));
    }

    private String problem(String content) {
        return HandmadeSafetensors
                .text(assertThrows(InvalidInputException.class, () -> open(content)).diagnostics())
                .replace(folder.resolve("w.pt") + ": error[E303]: ", "");
    }

    private static String damaged(String message) {
        return message + " (" + PickleReader.DAMAGED + ")";
    }

    @Test
    void whatTheOthersAreVariantsOfIsFine() throws IOException, InvalidInputException {
        try (TensorSource source = open(MAGIC + VERSION + MACHINE + ROOT + KEYS + DATA)) {
            assertEquals("PyTorch before 1.6", source.format());
            assertArrayEquals(new float[] {1, 2, 3, 4}, source.values("a"));
        }
    }

    @Test
    void otherVersionsAndMachines() {
        assertEquals(
                damaged("has a pickle that does not give the version 1001 of PyTorch's older format, at byte 21"),
                problem(MAGIC + VERSION.replace("\351", "\352") + MACHINE + ROOT + KEYS + DATA));
        assertEquals("was saved on a big-endian machine (load and save it on a little-endian machine, or save it as"
                + " safetensors)", problem(MAGIC + VERSION + MACHINE.replace("\210", "\211") + ROOT + KEYS + DATA));
    }

    @Test
    void keysThatLie() {
        String before = MAGIC + VERSION + MACHINE + ROOT;
        assertEquals(damaged("has a pickle that does not list the storages that follow, at byte "
                + (before.length() + 4)), problem(before + "\200\2}." + DATA));
        assertEquals(damaged("has a pickle that has a storage whose key is no text, at byte "
                + (before.length() + 7)), problem(before + "\200\2]K\0a." + DATA));
        assertEquals(damaged("has the storage '1', which no tensor uses"),
                problem(before + KEYS.replace("\0000a", "\0001a") + DATA));
        assertEquals(damaged("has the storage '0' twice"),
                problem(before + KEYS.replace("a.", "aX\1\0\0\0000a.") + DATA + DATA));
        assertEquals(damaged("lacks the storage '0', where a tensor should be"), problem(before + "\200\2]."));
    }

    @Test
    void dataThatLies() {
        String before = MAGIC + VERSION + MACHINE + ROOT + KEYS;
        assertEquals(damaged("has 5 elements in the storage '0', whose tensors want 4"),
                problem(before + DATA.replace("\4\0", "\5\0")));
        assertEquals(damaged("is cut off: the storage '0' has 16 bytes, but only 15 follow"),
                problem(before + DATA.substring(0, DATA.length() - 1)));
        assertEquals(damaged("is cut off: the storage '0' has 16 bytes, but only 0 follow"),
                problem(before + DATA.substring(0, 7)));
        int end = before.length() + DATA.length();
        assertEquals(damaged("has more data than tensors: they end at byte " + end + " of " + (end + 1)),
                problem(before + DATA + "\0"));
    }

    @Test
    void modulesThatWereSavedWhole() {
        String module = "\200\2(X\6\0\0\0modulecos\nsystem\ntQ.";
        assertEquals("has a pickle that wants 'os.system', which is none of the few things that tensors need, at byte "
                + (MAGIC.length() + VERSION.length() + MACHINE.length() + 25) + " (" + Unpickler.RESAVE + ")",
                problem(MAGIC + VERSION + MACHINE + module + KEYS + DATA));
    }
}
