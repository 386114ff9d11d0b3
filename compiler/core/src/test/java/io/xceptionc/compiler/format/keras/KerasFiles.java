package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The files that {@code make_keras_files.py} has written. */
public final class KerasFiles {

    private static final Path FOLDER = Path.of("src/test/resources/io/xceptionc/compiler/format/keras");

    private static final int NPY_HEADER = 128;

    private KerasFiles() {}

    /** The path of a file. */
    public static Path path(String name) {
        return FOLDER.resolve(name);
    }

    /** Opens a file as the compiler does. */
    public static KerasFile open(String name) throws InvalidInputException {
        return (KerasFile) FileFormat.open(path(name));
    }

    /** An HDF5 file that is in memory, and so need not be closed. */
    @SuppressWarnings("MustBeClosedChecker")
    static MappedFile inMemory(byte[] bytes) {
        return new MappedFile("model", Arena.ofShared(), MemorySegment.ofArray(bytes));
    }

    /**
     * An archive with another config around the weights of the small network; it is in memory, and need not be closed.
     */
    public static KerasFile withConfig(String config) throws IOException, InvalidInputException {
        byte[] weights;
        try (ZipFile small = new ZipFile(path("small.keras").toFile())) {
            weights = small.getInputStream(small.getEntry("model.weights.h5")).readAllBytes();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.write(weights);
        }
        MappedFile file = inMemory(bytes.toByteArray());
        return KerasArchive.open(file, ZipArchive.of(file));
    }

    /** The names and shapes of all tensors, a line each. */
    static String listing(KerasFile file) {
        return file.tensors().stream().map(KerasFiles::line).collect(Collectors.joining());
    }

    private static String line(TensorInfo tensor) {
        return tensor.name() + " " + tensor.type() + " " + tensor.shape() + "\n";
    }

    /** What PyTorch answers to the small network. */
    public static double[] answer() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path("small-answer.npy"))).order(ByteOrder.LITTLE_ENDIAN);
        double[] answer = new double[(bytes.capacity() - NPY_HEADER) / Double.BYTES];
        bytes.position(NPY_HEADER).slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(answer);
        return answer;
    }
}
