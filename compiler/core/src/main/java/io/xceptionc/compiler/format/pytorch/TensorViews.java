package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.pytorch.PickleValue.Sequence;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;
import io.xceptionc.compiler.format.pytorch.PickleValue.View;
import io.xceptionc.compiler.format.pytorch.PickleValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes storages and the tensors in them; a storage is of one type and length wherever it is named, a tensor lies
 * within.
 */
final class TensorViews {

    private static final int HIGHEST_RANK = 8;

    private final PickleReader reader;
    private final Map<String, Storage> storages;

    /**
     * For a pickle.
     *
     * @param storages takes up all storages by their keys
     */
    TensorViews(PickleReader reader, Map<String, Storage> storages) {
        this.reader = reader;
        this.storages = storages;
    }

    /** The storage of a key. */
    Storage storage(String key, ElementType type, long elementCount) throws InvalidInputException {
        Storage storage = new Storage(key, type, elementCount);
        if (elementCount < 0 || elementCount > Long.MAX_VALUE / type.byteSize()) {
            throw reader.damaged("has the storage " + Quotation.of(key) + " of " + elementCount + " elements");
        }
        Storage known = storages.putIfAbsent(key, storage);
        if (known != null && !known.equals(storage)) {
            throw reader.damaged("has the storage " + Quotation.of(key) + " twice, as " + known.elementCount() + " "
                    + known.type() + " and as " + elementCount + " " + type);
        }
        return storage;
    }

    /** A tensor in a storage. */
    View of(Storage storage, ElementType type, Whole firstElement, Sequence shape, Sequence strides)
            throws InvalidInputException {
        View view = new View(storage, type, firstElement.value(), numbers(shape), numbers(strides));
        if (view.shape().size() != view.strides().size() || view.shape().size() > HIGHEST_RANK) {
            throw reader.damaged("has a tensor of the shape " + view.shape() + " and the strides " + view.strides());
        }
        long available = storage.byteCount() / type.byteSize();
        try {
            long elementCount = new TensorInfo("", type, view.shape()).byteCount() / type.byteSize();
            if (view.firstElement() < 0 || view.firstElement() > available
                    || (elementCount > 0 && last(view) >= available)) {
                throw reader.damaged(described(view) + ", which do not lie in it");
            }
            if (elementCount > Math.max(available, TensorInfo.LARGEST_ARRAY)) {
                throw reader.damaged(described(view) + ", far more often than they are there");
            }
        } catch (ArithmeticException overflow) {
            throw reader.damaged(described(view) + ", more than there can be");
        }
        return view;
    }

    private static long last(View view) {
        long last = view.firstElement();
        for (int axis = 0; axis < view.shape().size(); axis++) {
            last = Math.addExact(last, Math.multiplyExact(view.shape().get(axis) - 1, view.strides().get(axis)));
        }
        return last;
    }

    private static String described(View view) {
        return "has a tensor " + view.shape() + " with the strides " + view.strides() + " that takes elements from "
                + view.firstElement() + " on of the " + view.storage().elementCount() + " of the storage "
                + Quotation.of(view.storage().key());
    }

    private List<Long> numbers(Sequence sequence) throws InvalidInputException {
        List<Long> numbers = new ArrayList<>();
        for (PickleValue element : sequence.elements()) {
            if (!(element instanceof Whole number) || number.value() < 0) {
                throw reader.damaged("has a tensor whose shape or strides are no whole numbers from 0 on");
            }
            numbers.add(number.value());
            if (numbers.size() > HIGHEST_RANK) {
                throw reader.damaged("has a tensor of more than " + HIGHEST_RANK + " axes");
            }
        }
        return numbers;
    }
}
