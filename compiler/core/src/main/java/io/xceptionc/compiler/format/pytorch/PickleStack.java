package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memory of the machine that a pickle is a program for: a stack, marks in it, and a memo. */
final class PickleStack {

    private final PickleReader reader;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    PickleStack(PickleReader reader) {
        this.reader = reader;
    }

    void push(PickleValue value) {
        values.add(value);
    }

    void mark() {
        marks.add(values.size());
    }

    /** The value on top; none below the last mark is to be had. */
    PickleValue top() throws InvalidInputException {
        if (values.size() <= (marks.isEmpty() ? 0 : marks.getLast())) {
            throw reader.damaged("takes more values than it has");
        }
        return values.getLast();
    }

    PickleValue pop() throws InvalidInputException {
        PickleValue value = top();
        values.removeLast();
        return value;
    }

    /** A number of values, the topmost last. */
    List<PickleValue> pop(int count) throws InvalidInputException {
        List<PickleValue> popped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            popped.addFirst(pop());
        }
        return popped;
    }

    /** What is above the last mark, which goes as well. */
    List<PickleValue> popMark() throws InvalidInputException {
        if (marks.isEmpty()) {
            throw reader.damaged("lacks a mark");
        }
        List<PickleValue> above = values.subList(marks.removeLast(), values.size());
        List<PickleValue> popped = new ArrayList<>(above);
        above.clear();
        return popped;
    }

    void remember(long index) throws InvalidInputException {
        memo.put(index, top());
    }

    void rememberNext() throws InvalidInputException {
        remember(memo.size());
    }

    PickleValue recall(long index) throws InvalidInputException {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw reader.damaged("refers to the value " + index + ", which is not there");
        }
        return value;
    }

    /** The only value left. */
    PickleValue result() throws InvalidInputException {
        PickleValue result = pop();
        if (!values.isEmpty() || !marks.isEmpty()) {
            throw reader.damaged("ends with more than one value");
        }
        return result;
    }
}
