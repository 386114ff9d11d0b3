package io.xceptionc.compiler.format.pytorch;

import static io.xceptionc.compiler.format.pytorch.HandmadePickle.STORAGE;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.bytes;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.repeated;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.stateDict;
import static io.xceptionc.compiler.format.pytorch.HandmadePickle.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HostilePickleTest {

    /** From the first element on, two rows of two. */
    private static final String FITTING = "K\0K\2K\2\206K\2K\1\206";

    @TempDir
    private Path folder;

    @Test
    void whatTheOthersAreVariantsOfIsFine() throws IOException, InvalidInputException {
        try (TensorSource source = HandmadePickle.open(folder, bytes(stateDict(tensor(FITTING))))) {
            assertArrayEquals(new float[4], source.values("a"));
        }
    }

    /** One large dictionary that very many keys refer to is looked at once. */
    @Test
    @Timeout(60)
    void dictionariesThatAreThereVeryOften() {
        int count = 200_000;
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(repeated("\200\2}X\1\0\0\0a}q\0(", "K\1K\1", count, "us"));
        pickle.writeBytes(repeated("", "X\1\0\0\0bh\0s", count, "."));
        assertEquals(folder.resolve("w.pt") + ": error[E303]: holds no state dict: there are no tensors in it ("
                + Unpickler.RESAVE + ")",
                HandmadeSafetensors.text(assertThrows(InvalidInputException.class,
                        () -> HandmadePickle.open(folder, pickle.toByteArray())).diagnostics()));
    }

    /** As PyTorch from 2.1 on saves types that have no storage class of their own. */
    @Test
    void tensorsInBytesWithATypeOfTheirOwn() throws IOException, InvalidInputException {
        String bytes = STORAGE.replace("torch\nFloatStorage", "torch.storage\nUntypedStorage").replace("K\4", "K\20");
        String pickle = "\200\2}X\1\0\0\0actorch._utils\n_rebuild_parameter\n(ctorch._utils\n_rebuild_tensor_v3\n("
                + bytes + "K\1K\3\205K\1\205\211}ctorch\nfloat32\ntR\210}tRs.";
        try (TensorSource source = HandmadePickle.open(folder, bytes(pickle))) {
            assertArrayEquals(new float[3], source.values("a"));
        }
        assertEquals("has a tensor [4] with the strides [1] that takes elements from 1 on of the 16 of the storage '0',"
                + " which do not lie in it", headOf(pickle.replace("K\1K\3\205", "K\1K\4\205")));
    }

    /** As PyTorch from 2.0 on saves {@code x.conj().imag}. */
    @Test
    void tensorsThatAreNegatedWhenTheyAreRead() {
        String negated = tensor(FITTING).replace("}tR", "}}X\3\0\0\0neg\210stR");
        assertEquals(
                "w.pt: error[E303]: has a pickle that has a tensor that is a negated or conjugated view (in Python,"
                        + " tensor.resolve_neg().resolve_conj() makes an ordinary one of it)",
                problem(stateDict(negated)));
    }

    @Test
    void functionsThatRunCode() {
        assertEquals(refused("wants 'os.system', which is none of the few things that tensors need"),
                problem("\200\2cos\nsystem\n(X\4\0\0\0exittR."));
        assertEquals(
                refused("wants 'builtins.getattr', which is none of the few things that tensors need"),
                problem("\200\2cbuiltins\ngetattr\n."));
        assertEquals(refused("wants 'torch._utils._rebuild_tensor_v2.__globals__', which is none of the few things that"
                + " tensors need"),
                problem("\200\2ctorch._utils\n_rebuild_tensor_v2.__globals__\n."));
        assertEquals(
                refused("wants 'torch.jit.load', which is none of the few things that tensors need"),
                problem("\200\2ctorch.jit\nload\n)R."));
    }

    @Test
    void messagesSayWhere() {
        assertEquals(refused("wants 'os.system', which is none of the few things that tensors need, at byte 13"),
                message(bytes("\200\2cos\nsystem\n.")));
    }

    @Test
    void functionsNamedByTheStack() {
        assertEquals(refused("wants 'os.system', which is none of the few things that tensors need"),
                problem("\200\4\214\2os\214\6system\223."));
        assertEquals(
                refused("wants 'os\\u{a}.system', which is none of the few things that tensors need"),
                problem("\200\4\214\3os\n\214\6system\223."));
        assertEquals(refused("computes the name of what it wants"), problem("\200\4]K\0\223."));
        assertEquals(damaged("takes more values than it has"), problem("\200\4K\0\223."));
        assertEquals(
                refused("wants 'torch.nested.FloatStorage', which is none of the few things that tensors need"),
                problem("\200\4\214\14torch.nested\214\14FloatStorage\223."));
    }

    @Test
    void callsOfWhatIsNoFunction() {
        assertEquals(refused("calls what is no function"), problem("\200\2])R."));
        assertEquals(refused("calls 'torch.float32', which is no function"),
                problem("\200\2ctorch\nfloat32\n)R."));
        assertEquals(damaged("calls torch._utils._rebuild_tensor_v2 without a fitting argument 1"),
                problem("\200\2ctorch._utils\n_rebuild_tensor_v2\n)R."));
        assertEquals(refused("sets the state of what is no dictionary"), problem("\200\2]}b."));
        assertEquals(damaged("makes an ordered dictionary of what are no pairs"),
                problem("\200\2ccollections\nOrderedDict\n](K\0e\205R."));
    }

    @Test
    void opcodesThatMakeObjects() {
        for (String opcode : new String[] {"i", "o", "\201", "\222", "\202", "\203", "\204", "P", "I", "L", "F", "S",
            "V", "l", "d", "g", "p", "\213", "\226", "\227", "\230", "\377", "\0"}) {
            assertEquals(refused("has the opcode 0x%02x, which tensors do not need"
                    .formatted((int) opcode.charAt(0))), problem("\200\2" + opcode + "."));
        }
    }

    @Test
    void protocols() {
        assertEquals(refused("is of protocol 6; 2 to 5 are supported"), problem("\200\6}."));
        assertEquals(refused("is of protocol 1; 2 to 5 are supported"), problem("\200\1}."));
    }

    @Test
    void lengthsThatOverflow() {
        assertEquals(cutOff("4294967295", "2"), problem("\200\2X\377\377\377\377a."));
        assertEquals(cutOff("18446744073709551615", "2"),
                problem("\200\4\215\377\377\377\377\377\377\377\377a."));
        assertEquals(cutOff("9223372036854775807", "2"),
                problem("\200\4\216\377\377\377\377\377\377\377\177a."));
        assertEquals(cutOff("255", "1"), problem("\200\2\212\377."));
        assertEquals(damaged("is cut off: it has a frame of 18446744073709551615 bytes, but only 1 follow"),
                problem("\200\4\225\377\377\377\377\377\377\377\377."));
    }

    @Test
    void stacksAndMemosThatDoNotAddUp() {
        assertEquals(damaged("takes more values than it has"), problem("\200\2."));
        assertEquals(damaged("ends with more than one value"), problem("\200\2}}."));
        assertEquals(damaged("takes more values than it has"), problem("\200\2}(."));
        assertEquals(damaged("lacks a mark"), problem("\200\2t."));
        assertEquals(damaged("takes more values than it has"), problem("\200\2}(s."));
        assertEquals(damaged("has a key without a value"), problem("\200\2}(}u."));
        assertEquals(damaged("sets items of what is no dictionary"), problem("\200\2]}}s."));
        assertEquals(damaged("appends to what is no list"), problem("\200\2)}a."));
        assertEquals(damaged("refers to the value 7, which is not there"), problem("\200\2h\7."));
        assertEquals(damaged("refers to the value 4294967295, which is not there"),
                problem("\200\2j\377\377\377\377."));
        assertEquals(damaged("has a text that is not UTF-8"), problem("\200\2X\1\0\0\0\377."));
        assertEquals(damaged("has a name of more than 1000 bytes"),
                problem("\200\2c" + "x".repeat(2000)));
    }

    @Test
    void persistentIdsOfOtherKinds() {
        assertEquals(refused("refers to something outside that is no storage"), problem("\200\2K\0Q."));
        assertEquals(refused("refers to something outside, a 'module' and no storage"),
                problem("\200\2X\6\0\0\0module\205Q."));
        assertEquals(damaged("refers to a storage without its type, key and length"),
                problem("\200\2X\7\0\0\0storage\205Q."));
        assertEquals(refused("has a storage that is a part of another, as only PyTorch before 0.4 wrote it")
                .replace(Unpickler.RESAVE, "load the file and save it again with a newer PyTorch"),
                problem("\200\2" + STORAGE.replace("tQ", ")tQ") + "."));
    }

    @Test
    void storagesThatLie() {
        String count = STORAGE.replace("K\4", "\212\10\377\377\377\377\377\377\377\177");
        assertEquals("has the storage '0' of 9223372036854775807 elements", headOf(stateDict(tensor(count, FITTING))));
        String negative = STORAGE.replace("K\4", "J\377\377\377\377");
        assertEquals("has the storage '0' of -1 elements", headOf(stateDict(tensor(negative, FITTING))));
        String two = "\200\2}(X\1\0\0\0a" + tensor(FITTING) + "X\1\0\0\0b"
                + tensor(STORAGE.replace("Float", "Double"), FITTING) + "u.";
        assertEquals("has the storage '0' twice, as 4 F32 and as 4 F64", headOf(two));
        assertEquals("w.pt: error[E303]: has the member 'a/data/0' of 16 bytes, but 5 elements of F32 take 20 ("
                + PickleReader.DAMAGED + ")", problem(stateDict(tensor(STORAGE.replace("K\4", "K\5"), FITTING))));
        assertEquals("w.pt: error[E303]: lacks the member 'a/data/../0', where a tensor should be ("
                + PickleReader.DAMAGED + ")",
                problem(stateDict(tensor(STORAGE.replace("X\1\0\0\0000", "X\4\0\0\0../0"), FITTING))));
    }

    @Test
    void tensorsOutsideTheirStorage() {
        assertEquals("has a tensor [2, 2] with the strides [2, 1] that takes elements from 1 on of the 4 of the storage"
                + " '0', which do not lie in it", headOf(stateDict(tensor(FITTING.replace("K\0", "K\1")))));
        assertEquals("has a tensor [2, 2] with the strides [3, 1] that takes elements from 0 on of the 4 of the storage"
                + " '0', which do not lie in it", headOf(stateDict(tensor("K\0K\2K\2\206K\3K\1\206"))));
        assertEquals("has a tensor [] with the strides [] that takes elements from 4 on of the 4 of the storage"
                + " '0', which do not lie in it", headOf(stateDict(tensor("K\4))"))));
        assertEquals("has a tensor [] with the strides [] that takes elements from -1 on of the 4 of the storage"
                + " '0', which do not lie in it", headOf(stateDict(tensor("J\377\377\377\377))"))));
        assertEquals("has a tensor of the shape [2] and the strides [2, 1]",
                headOf(stateDict(tensor("K\0K\2\205K\2K\1\206"))));
        assertEquals("has a tensor whose shape or strides are no whole numbers from 0 on",
                headOf(stateDict(tensor("K\0J\377\377\377\377\205K\1\205"))));
        assertEquals("has a tensor of more than 8 axes",
                headOf(stateDict(tensor("K\0(" + "K\1".repeat(9) + "t(" + "K\1".repeat(9) + "t"))));
    }

    @Test
    void tensorsOfMoreElementsThanThereCanBe() {
        String huge = "\212\10\377\377\377\377\377\377\377\177";
        assertEquals(
                "has a tensor [9223372036854775807, 2] with the strides [0, 0] that takes elements from 0 on of the 4"
                        + " of the storage '0', more than there can be",
                headOf(stateDict(tensor("K\0" + huge + "K\2\206K\0K\0\206"))));
        assertEquals("has a tensor [2] with the strides [9223372036854775807] that takes elements from 1 on of the 4 of"
                + " the storage '0', more than there can be",
                headOf(stateDict(tensor("K\1K\2\205" + huge + "\205"))));
        assertEquals(
                "has a tensor [4294967296] with the strides [0] that takes elements from 0 on of the 4 of the storage"
                        + " '0', far more often than they are there",
                headOf(stateDict(tensor("K\0\212\5\0\0\0\0\1\205K\0\205"))));
    }

    @Test
    void typesThatCannotBeRead() {
        assertEquals("w.pt: error[E304]: has a pickle that has a tensor of the type torch.QInt8Storage (save it as"
                + " float32, or leave it out)",
                problem(stateDict(tensor(STORAGE.replace("FloatStorage", "QInt8Storage"), FITTING))));
    }

    @Test
    void bombs() {
        String tooMany = refused("has more than 4000000 opcodes");
        for (String opcodes : new String[] {"]", "}", "}\224", "(", "2", "h\0", "K\0\205"}) {
            assertEquals(tooMany, problem(repeated("\200\4}\224", opcodes, 5_000_000, ".")));
        }
        // Each list holds the one before twice: 2^1000 values to whoever walks them all.
        assertEquals("w.pt: error[E303]: holds no dictionary and so no state dict (" + Unpickler.RESAVE + ")",
                problem(repeated("\200\4)", "\2242\206", 1000, ".")));
        assertEquals("w.pt: error[E303]: holds no state dict: there are no tensors in it ("
                + Unpickler.RESAVE + ")",
                problem(doublingDictionaries()));
    }

    /** Each dictionary holds the one before under two keys. */
    private static byte[] doublingDictionaries() {
        StringBuilder opcodes = new StringBuilder("\200\4}\224");
        for (int i = 0; i < 200; i++) {
            String before = "h" + (char) i;
            opcodes.append("0}\224(\214\1a").append(before).append("\214\1b").append(before).append("u");
        }
        return bytes(opcodes.append('.').toString());
    }

    @Test
    void dictionariesThatHoldThemselves() {
        assertEquals("w.pt: error[E303]: holds no state dict: there are no tensors in it ("
                + Unpickler.RESAVE + ")",
                problem("\200\4}\224\214\1ah\0s."));
        assertEquals("w.pt: error[E303]: holds no dictionary and so no state dict (" + Unpickler.RESAVE + ")",
                problem("\200\4]\224h\0a."));
    }

    @Test
    void namesThatAreTwiceOrLong() {
        String item = "X\1\0\0\0a" + tensor(FITTING);
        assertEquals("w.pt: error[E303]: has two tensors called 'a' (" + PickleReader.DAMAGED + ")",
                problem("\200\2}(" + item + item + "u."));
        String name = "x".repeat(20_000);
        assertEquals("w.pt: error[E303]: has a tensor whose name is longer than 10000 characters ("
                + PickleReader.DAMAGED + ")", problem("\200\2}X\40\116\0\0" + name + tensor(FITTING) + "s."));
    }

    private static String refused(String message) {
        return "w.pt: error[E303]: has a pickle that " + message + " (" + Unpickler.RESAVE + ")";
    }

    private static String damaged(String message) {
        return "w.pt: error[E303]: has a pickle that " + message + " (" + PickleReader.DAMAGED + ")";
    }

    private static String cutOff(String wanted, String remaining) {
        return damaged("is cut off: it has " + wanted + " bytes to read, but only " + remaining + " follow");
    }

    /** A problem with the pickle, without its help. */
    private String headOf(String opcodes) {
        return problem(opcodes).replaceFirst("^w.pt: error\\[E303\\]: has a pickle that ", "")
                .replaceFirst(" \\(.*", "");
    }

    private String problem(String opcodes) {
        return problem(bytes(opcodes));
    }

    /** The problem, without its place in the pickle. */
    private String problem(byte[] pickle) {
        return message(pickle).replaceFirst(", at byte [0-9]+ \\(", " (");
    }

    private String message(byte[] pickle) {
        return HandmadeSafetensors
                .text(assertThrows(InvalidInputException.class, () -> HandmadePickle.open(folder, pickle))
                        .diagnostics())
                .replace(folder.resolve("w.pt").toString(), "w.pt");
    }
}
