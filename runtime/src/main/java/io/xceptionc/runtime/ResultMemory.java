package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/**
 * Where the results of a session's runs go, one segment for each output: memory of the session's own, or of the
 * caller's for the run that is under way. Nothing is allocated once it is made. Not thread-safe but for what checks.
 */
final class ResultMemory {

    private final ModelSignature signature;
    private final MemorySegment[] own;
    private final MemorySegment[] current;
    private final long[] imageBytes;

    /** In a session's memory. */
    ResultMemory(ModelSignature signature, Arena memory, long alignment) {
        this.signature = signature;
        int count = signature.outputs().size();
        own = new MemorySegment[count];
        current = new MemorySegment[count];
        imageBytes = new long[count];
        for (int i = 0; i < count; i++) {
            imageBytes[i] = signature.outputs().get(i).length() * 4L;
            own[i] = memory.allocate(signature.batch() * imageBytes[i], alignment);
        }
        reset();
    }

    /** How many there are. */
    int count() {
        return own.length;
    }

    /** The session's own memory of an output. */
    MemorySegment own(int index) {
        return own[index];
    }

    /** Lets go of the caller's memory. */
    void reset() {
        System.arraycopy(own, 0, current, 0, own.length);
    }

    /** Lets the results of an output go to memory of the caller's. */
    void set(int index, MemorySegment results) {
        current[index] = results;
    }

    /** Lets results go to memory of the caller's, in the order of the outputs. */
    void set(List<MemorySegment> results) {
        for (int i = 0; i < own.length; i++) {
            current[i] = results.get(i);
        }
    }

    /** Lets the results of some outputs go to memory of the caller's. */
    void set(Map<String, MemorySegment> results) {
        for (int i = 0; i < own.length; i++) {
            MemorySegment given = results.get(name(i));
            current[i] = given == null ? own[i] : given;
        }
    }

    /** Tells a frame where the results of one of the batch's images go. */
    void bind(Frame frame, int image) {
        for (int i = 0; i < own.length; i++) {
            frame.bindOutput(i, current[i], image * imageBytes[i]);
        }
    }

    /** Copies the results of an output from the session's own memory. */
    void copyTo(int index, float[] results) {
        MemorySegment.copy(own[index], ValueLayout.JAVA_FLOAT, 0, results, 0, length(index));
    }

    /** Copies the results of all outputs from the session's own memory. */
    void copyTo(List<float[]> results) {
        for (int i = 0; i < own.length; i++) {
            copyTo(i, results.get(i));
        }
    }

    /** Copies the results of some outputs from the session's own memory. */
    void copyTo(Map<String, float[]> results) {
        for (int i = 0; i < own.length; i++) {
            float[] given = results.get(name(i));
            if (given != null) {
                copyTo(i, given);
            }
        }
    }

    /** The length of an output's results, of all images. */
    int length(int index) {
        return Math.toIntExact(signature.batch() * imageBytes[index] / Float.BYTES);
    }

    /** Refuses memory that cannot hold the results of an output. */
    void check(int index, MemorySegment results) {
        check(index, results.byteSize());
        if (results.isReadOnly()) {
            throw new IllegalArgumentException(named(index) + " are read-only");
        }
    }

    /** Refuses an array that cannot hold the results of an output. */
    void check(int index, float[] results) {
        check(index, results.length * (long) Float.BYTES);
    }

    private void check(int index, long bytes) {
        long wanted = signature.batch() * imageBytes[index];
        if (bytes < wanted) { // asked here, as to name the output takes memory
            SessionRun.requireBytes(named(index), bytes, wanted);
        }
    }

    private String named(int index) {
        return own.length == 1 ? "results" : "results of '" + name(index) + "'";
    }

    private String name(int index) {
        return signature.outputs().get(index).name();
    }

    /** Refuses segments that are not one for each output. */
    void check(List<MemorySegment> results) {
        checkCount(results.size());
        for (int i = 0; i < own.length; i++) {
            check(i, results.get(i));
        }
    }

    /** Refuses arrays that are not one for each output. */
    void checkArrays(List<float[]> results) {
        checkCount(results.size());
        for (int i = 0; i < own.length; i++) {
            check(i, results.get(i));
        }
    }

    private void checkCount(int given) {
        if (given != own.length) {
            throw new IllegalArgumentException("model '" + signature.name() + "' has " + own.length
                    + " outputs, but " + given + " results are given");
        }
    }

    /** Refuses segments whose names are those of no outputs, or that are too small for them. */
    void check(Map<String, MemorySegment> results) {
        checkNames(results);
        for (int i = 0; i < own.length; i++) {
            MemorySegment given = results.get(name(i));
            if (given != null) {
                check(i, given);
            }
        }
    }

    /** Refuses arrays whose names are those of no outputs, or that are too small for them. */
    void checkArrays(Map<String, float[]> results) {
        checkNames(results);
        for (int i = 0; i < own.length; i++) {
            float[] given = results.get(name(i));
            if (given != null) {
                check(i, given);
            }
        }
    }

    private void checkNames(Map<String, ?> results) {
        int found = 0;
        for (int i = 0; i < own.length; i++) {
            found += results.get(name(i)) == null ? 0 : 1;
        }
        if (found < results.size()) {
            results.keySet().forEach(signature::indexOf);
            throw new IllegalArgumentException("results are null");
        }
    }
}
