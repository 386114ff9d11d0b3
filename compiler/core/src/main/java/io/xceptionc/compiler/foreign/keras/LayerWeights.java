package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.WeightBudget;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.keras.KerasNetwork;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.ValueCheck;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights of a model's layers, each read once, and not more than fit into memory. */
final class LayerWeights {

    private final KerasNetwork file;
    private final WeightBudget budget;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final IdentityHashMap<Tensor, Tensor> kernels = new IdentityHashMap<>();

    /** For a heap of a size. */
    LayerWeights(KerasNetwork file, long heapBytes) {
        this.file = file;
        this.budget = new WeightBudget(heapBytes);
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
        budget.take(info.elementCount());
        float[] values = file.values(name);
        ValueCheck.require(role, info, values, file.name());
        Tensor tensor = Tensor.lazy(name, shape, () -> values);
        tensors.put(name, tensor);
        return tensor;
    }

    /** A kernel of which the graph has the axes in another order than the file. */
    Tensor kernel(String layer, TensorRole role, List<Integer> shape)
            throws CannotImportException, InvalidInputException {
        FileLayout layout = new FileLayout(NamingConvention.KERAS, role);
        Tensor inFile = tensor(layer, role, layout.fileShape(shape), layout.fileShape(shape));
        return kernels.computeIfAbsent(inFile, _ -> {
            float[] values = layout.toCanonical(inFile.values(), shape);
            return Tensor.lazy(inFile.name(), shape, () -> values);
        });
    }

    /** A vector of a layer, if it is to have one. */
    Optional<Tensor> vectorIf(boolean wanted, String layer, TensorRole role, int length)
            throws CannotImportException, InvalidInputException {
        return wanted ? Optional.of(tensor(layer, role, length)) : Optional.empty();
    }

    /** What may still be read or made. */
    WeightBudget budget() {
        return budget;
    }
}
