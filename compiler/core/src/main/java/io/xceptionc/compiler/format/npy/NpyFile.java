package io.xceptionc.compiler.format.npy;

import io.xceptionc.compiler.diagnostic.RegularFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An array of little-endian float32 in a {@code .npy} file, row-major; read piece by piece. Source: NumPy's
 * documentation, {@code numpy.lib.format}, versions 1.0 to 3.0.
 */
public final class NpyFile implements Closeable {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX_BYTES = 8;
    private static final int LONGEST_HEADER = 10_000;
    private static final int ALIGNMENT = 64;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Where the bytes of the file are. */
    private interface Content {

        /** Copies bytes from a place on, at least one if there is one; a negative number if there is none. */
        int read(ByteBuffer target, long start) throws IOException;
    }

    private final Content content;
    private final Closeable owner;
    private final long dataStart;
    private final List<Integer> shape;

    private NpyFile(Content content, Closeable owner, long dataStart, List<Integer> shape) {
        this.content = content;
        this.owner = owner;
        this.dataStart = dataStart;
        this.shape = shape;
    }

    /**
     * Opens a file and checks that it holds just what its header says.
     *
     * @throws ArrayFileException if it cannot be read, is damaged, or of another type or order; the message does not
     *        name it
     */
    public static NpyFile open(Path path) throws ArrayFileException, IOException {
        Optional<String> problem = RegularFile.problem(path);
        if (problem.isPresent()) {
            throw new ArrayFileException(problem.get());
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return open(channel::read, channel.size(), channel);
        } catch (ArrayFileException | IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a file that is in memory.
     *
     * @throws ArrayFileException as {@link #open}
     */
    public static NpyFile of(byte[] bytes) throws ArrayFileException, IOException {
        return open((target, start) -> {
            int count = (int) Math.min(target.remaining(), bytes.length - start);
            target.put(bytes, (int) start, count);
            return count == 0 ? -1 : count;
        }, bytes.length, () -> {
        });
    }

    private static NpyFile open(Content content, long fileBytes, Closeable owner)
            throws ArrayFileException, IOException {
        ByteBuffer prefix = read(content, 0, (int) Math.min(fileBytes, PREFIX_BYTES + 4));
        boolean signed = prefix.limit() >= PREFIX_BYTES + 2
                && ByteBuffer.wrap(MAGIC).equals(prefix.slice(0, MAGIC.length));
        int version = signed ? prefix.get(MAGIC.length) : 0;
        if (version < 1 || version > 3) {
            throw new ArrayFileException("is no .npy file");
        }
        int lengthBytes = version == 1 ? 2 : 4;
        long length = version == 1
                ? Short.toUnsignedLong(prefix.getShort(PREFIX_BYTES))
                : prefix.limit() < PREFIX_BYTES + 4 ? 0 : Integer.toUnsignedLong(prefix.getInt(PREFIX_BYTES));
        long dataStart = PREFIX_BYTES + lengthBytes + length;
        if (length > LONGEST_HEADER || dataStart > fileBytes) {
            throw new ArrayFileException("is damaged: its header of " + length + " bytes is too long");
        }
        byte[] header = new byte[(int) length];
        read(content, PREFIX_BYTES + lengthBytes, header.length).get(header);
        List<Integer> shape = new NpyHeader(new String(header, StandardCharsets.ISO_8859_1)).float32Shape();
        requireBytes(shape, fileBytes - dataStart);
        return new NpyFile(content, owner, dataStart, shape);
    }

    private static void requireBytes(List<Integer> shape, long bytes) throws ArrayFileException {
        long expected = Float.BYTES;
        for (int side : shape) {
            expected = side != 0 && expected > Long.MAX_VALUE / side ? Long.MAX_VALUE : expected * side;
        }
        if (expected != bytes) {
            throw new ArrayFileException(
                    "is damaged: its shape %s takes %d bytes, it has %d".formatted(shape, expected, bytes));
        }
    }

    /** The sides of the array, the outermost first. */
    public List<Integer> shape() {
        return shape;
    }

    /** Reads elements, from one on, until a segment is full. */
    public void read(long firstElement, MemorySegment target) throws IOException {
        long position = dataStart + firstElement * Float.BYTES;
        for (long done = 0; done < target.byteSize();) {
            int count = (int) Math.min(CHUNK_BYTES, target.byteSize() - done);
            MemorySegment chunk = MemorySegment.ofBuffer(read(content, position + done, count));
            MemorySegment.copy(chunk, FLOAT, 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, done, count / Float.BYTES);
            done += count;
        }
    }

    /** Reads the first elements. */
    public float[] elements(int count) throws IOException {
        float[] elements = new float[count];
        read(0, MemorySegment.ofArray(elements));
        return elements;
    }

    private static ByteBuffer read(Content content, long start, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (content.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("it ends too early; was it changed meanwhile?");
            }
        }
        return bytes.flip();
    }

    /** Writes what stands before the elements of an array. */
    public static void writeHeader(List<Integer> shape, OutputStream stream) throws IOException {
        String sides = shape.stream().map(String::valueOf)
                .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + sides + ", }";
        int start = PREFIX_BYTES + 2;
        int length = Math.ceilDiv(start + text.length() + 1, ALIGNMENT) * ALIGNMENT - start;
        ByteBuffer header = ByteBuffer.allocate(start + length).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1)
                .put((byte) 0).putShort((short) length).put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        stream.write(header.put((byte) '\n').array());
    }

    /** Writes elements. */
    public static void writeElements(float[] elements, OutputStream stream) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(elements.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(elements);
        stream.write(bytes.array());
    }

    @Override
    public void close() throws IOException {
        owner.close();
    }
}
