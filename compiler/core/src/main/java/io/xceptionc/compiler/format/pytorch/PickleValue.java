package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.format.file.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pickle can be made of here. Lists and dictionaries may hold themselves, so values are never compared or
 * printed.
 */
sealed interface PickleValue {

    /** A text. */
    record Text(String value) implements PickleValue {}

    /** A whole number of at most 64 bits. */
    record Whole(long value) implements PickleValue {}

    /** A truth value. */
    record Truth(boolean value) implements PickleValue {}

    /** What nothing here needs: fractions, {@code None}, bytes, longer numbers, devices. */
    enum Opaque implements PickleValue {
        VALUE
    }

    /** A function, class or constant by its name, such as {@code torch.FloatStorage}. */
    record Global(String name) implements PickleValue {}

    /** A tuple, list or set. */
    record Sequence(boolean isTuple, List<PickleValue> elements) implements PickleValue {

        /** An empty one that can grow. */
        static Sequence growing() {
            return new Sequence(false, new ArrayList<>(0));
        }
    }

    /**
     * A dictionary, ordered.
     *
     * @param items keys and values in turns
     */
    record Dictionary(List<PickleValue> items) implements PickleValue {

        Dictionary() {
            this(new ArrayList<>(0));
        }

        void put(PickleValue key, PickleValue value) {
            items.add(key);
            items.add(value);
        }

        int size() {
            return items.size() / 2;
        }

        PickleValue key(int index) {
            return items.get(2 * index);
        }

        PickleValue value(int index) {
            return items.get(2 * index + 1);
        }

        /** The value of a text, the last if there are several. */
        Optional<PickleValue> find(String key) {
            for (int i = size() - 1; i >= 0; i--) {
                if (key(i) instanceof Text text && text.value.equals(key)) {
                    return Optional.of(value(i));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The elements that tensors lie in.
     *
     * @param key what the file calls it
     * @param type what its elements are; bytes if it has no type of its own
     */
    record Storage(String key, ElementType type, long elementCount) implements PickleValue {

        /** The number of bytes; the {@link Unpickler} has seen to it that it can be counted. */
        long byteCount() {
            return elementCount * type.byteSize();
        }
    }

    /**
     * A view of a storage; the {@link Unpickler} has seen to it that it lies within.
     *
     * @param type what its elements are
     * @param firstElement where it begins in the storage, in elements
     * @param shape the sizes of its axes
     * @param strides how many elements further the next one on each axis is
     */
    record View(Storage storage, ElementType type, long firstElement, List<Long> shape, List<Long> strides)
            implements PickleValue {

        public View {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }
}
