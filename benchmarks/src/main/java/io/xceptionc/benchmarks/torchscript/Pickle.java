package io.xceptionc.benchmarks.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes the objects that a TorchScript file holds in Python's pickle format, protocol 2.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">Python, pickletools</a>
 */
final class Pickle {

    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickle() {
        opcode(PROTOCOL).opcode(2);
    }

    private Pickle opcode(int code) {
        bytes.write(code);
        return this;
    }

    /** Opens a tuple, or the items of a dictionary. */
    Pickle mark() {
        return opcode('(');
    }

    /** Makes a tuple of what came since the mark. */
    Pickle tuple() {
        return opcode('t');
    }

    Pickle emptyTuple() {
        return opcode(')');
    }

    Pickle emptyDictionary() {
        return opcode('}');
    }

    /** Puts the keys and values since the mark to the dictionary before it. */
    Pickle setItems() {
        return opcode('u');
    }

    Pickle no() {
        return opcode(FALSE);
    }

    Pickle string(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        opcode('X').littleEndian(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    Pickle integer(int number) {
        return opcode('J').littleEndian(number);
    }

    Pickle integers(List<Integer> numbers) {
        mark();
        numbers.forEach(this::integer);
        return tuple();
    }

    /** A class or function. */
    Pickle global(String module, String name) {
        opcode('c');
        bytes.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
        return this;
    }

    /** Calls the function before the tuple of arguments. */
    Pickle call() {
        return opcode('R');
    }

    /** Makes an object of the class before the tuple of arguments. */
    Pickle newObject() {
        return opcode(NEW_OBJECT);
    }

    /** Gives the object its attributes, the dictionary after it. */
    Pickle build() {
        return opcode('b');
    }

    /** Takes the tuple for the name of something that is stored elsewhere. */
    Pickle persistent() {
        return opcode('Q');
    }

    private Pickle littleEndian(int number) {
        bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
        return this;
    }

    /** All of it. */
    byte[] finish() {
        opcode('.');
        return bytes.toByteArray();
    }
}
