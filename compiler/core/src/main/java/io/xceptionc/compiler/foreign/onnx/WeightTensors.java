package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.WeightBudget;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.ValueCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes tensors of a model's constants, each once, and not more than fit into memory. */
final class WeightTensors {

    private final String fileName;
    private final WeightBudget budget;
    private final Map<Key, Tensor> tensors = new HashMap<>();

    private record Key(String name, String use) {}

    /** Of a file, for a heap of a size. */
    WeightTensors(String fileName, long heapBytes) {
        this.fileName = fileName;
        budget = new WeightBudget(heapBytes);
    }

    /** A kernel, whose axes the model has in PyTorch's order, as the graph has it. */
    Tensor kernel(Floats values, TensorRole role, List<Integer> canonicalShape)
            throws CannotImportException, InvalidInputException {
        return tensor(values, role, role.name() + canonicalShape, canonicalShape,
                numbers -> new FileLayout(NamingConvention.PYTORCH, role).toCanonical(numbers, canonicalShape));
    }

    /** One number for each channel, in the order of the model. */
    Tensor vector(Floats values, TensorRole role) throws CannotImportException, InvalidInputException {
        return tensor(values, role, role.name(), List.of(Math.toIntExact(values.count())), numbers -> numbers);
    }

    /** Numbers computed from constants. */
    interface Change {
        /** The numbers in place of the constant's, which it may overwrite. */
        float[] apply(float[] numbers);
    }

    /**
     * A tensor made of a constant.
     *
     * @param role decides which numbers the constant may have
     * @param use tells apart the tensors that are made of one constant
     */
    Tensor tensor(Floats values, TensorRole role, String use, List<Integer> shape, Change change)
            throws CannotImportException, InvalidInputException {
        Key key = new Key(values.name(), use);
        Tensor known = tensors.get(key);
        if (known != null) {
            return known;
        }
        budget.take(Math.max(values.count(), shape.stream().mapToLong(size -> size).reduce(1, (a, b) -> a * b)));
        float[] read = values.source().read();
        List<Long> sizes = values.shape().stream().map(Integer::longValue).toList();
        ValueCheck.require(role, new TensorInfo(values.name(), ElementType.F32, sizes), read, fileName);
        float[] numbers = change.apply(read);
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new CannotImportException("it makes " + number + " of its constant",
                        "no network computes with that");
            }
        }
        Tensor made = Tensor.lazy(values.name(), shape, () -> numbers);
        tensors.put(key, made);
        return made;
    }

    /** What may still be read or made. */
    WeightBudget budget() {
        return budget;
    }
}
