package io.xceptionc.compiler.format.file;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is inside a weights file. Thread-safe, except that nothing may be asked of it once it is closed. */
public interface TensorSource extends AutoCloseable {

    /** The file's name as the user gave it. */
    String name();

    /** A few words on its format, for reports, such as {@code safetensors} or {@code HDF5 weights of Keras 2.11}. */
    String format();

    /** Whose names and layouts the tensors have, if the format says so. */
    Optional<TensorConvention> convention();

    /** The files beside this one in which tensors lie, as far as any were asked for. */
    default List<Path> furtherFiles() {
        return List.of();
    }

    /** The epsilons of batch norms by the layers' names, where the file says so. */
    default Map<String, Double> epsilons() {
        return Map.of();
    }

    /** All tensors, in the order of the file. */
    List<TensorInfo> tensors();

    /** The tensor of a name. */
    Optional<TensorInfo> find(String tensorName);

    /**
     * The elements of a tensor as {@code float}, row-major in the file's layout, freshly read.
     *
     * @param tensorName the name of a tensor that is there
     * @throws InvalidInputException if they are no floating point numbers, more than an array can hold, or cannot be
     *        read
     */
    float[] values(String tensorName) throws InvalidInputException;

    @Override
    void close();
}
