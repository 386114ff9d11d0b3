package io.xceptionc.compiler.imports.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.ValueCheck;
import io.xceptionc.compiler.weights.file.TensorInfo;
import io.xceptionc.compiler.weights.keras.KerasFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a model's layers, each read once, and not more than fit into memory. */
final class LayerWeights {

    /** The file's values and those written to another file are in memory at a time. */
    private static final int COPIES = 3;

    private final KerasFile file;
    private final long mostElements;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private long elementTotal;

    /** For a heap of a size. */
    LayerWeights(KerasFile file, long heapBytes) {
        this.file = file;
        this.mostElements = heapBytes / Float.BYTES / COPIES;
    }

    /** The tensor of a layer, which must have the shape; the same object if it is asked for again. */
    Tensor tensor(String layer, TensorRole role, Integer... shape) throws CannotImportException, InvalidInputException {
        return tensor(layer, role, List.of(shape), List.of(shape));
    }

    /**
     * The same, of which the graph has another shape with the same order of elements.
     *
     * @param fileShape the shape in the file
     */
    Tensor tensor(String layer, TensorRole role, List<Integer> fileShape, List<Integer> shape)
            throws CannotImportException, InvalidInputException {
        String name = NamingConvention.KERAS.tensorName(layer, role);
        Tensor known = tensors.get(name);
        if (known != null && known.shape().equals(shape)) {
            return known;
        }
        TensorInfo info = file.find(name).orElseThrow(
                () -> new CannotImportException("the file has no " + role.label() + " for it", "save it with weights"));
        if (!info.shape().equals(fileShape.stream().map(Integer::longValue).toList())) {
            throw new CannotImportException(
                    "its " + role.label() + " is " + info.shape() + " in the file, but should be "
                            + fileShape,
                    "");
        }
        requireRoom(info.elementCount());
        float[] values = file.values(name);
        ValueCheck.require(role, info, values, file.name());
        Tensor tensor = Tensor.lazy(name, shape, () -> values);
        tensors.put(name, tensor);
        return tensor;
    }

    /** A vector of a layer, if it is to have one. */
    Optional<Tensor> vectorIf(boolean wanted, String layer, TensorRole role, int length)
            throws CannotImportException, InvalidInputException {
        return wanted ? Optional.of(tensor(layer, role, length)) : Optional.empty();
    }

    private void requireRoom(long count) throws CannotImportException {
        elementTotal += count;
        if (count > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new CannotImportException("it has more than " + TensorType.LARGEST_ELEMENT_COUNT + " weights", "");
        }
        if (elementTotal > mostElements) {
            throw new CannotImportException("with it the weights pass what fits into the Java heap",
                    "give Java more memory with -Xmx");
        }
    }
}
