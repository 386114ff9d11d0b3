package io.xceptionc.runtime.kernel;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A kernel that is the same for every model: a constant of an enumeration. A network tells which ones its steps call.
 */
public interface SharedKernel {

    /** The name of the constant. */
    String name();

    /** The class that has the loops. */
    Class<?> loopsClass();

    /** The methods that are loops over vectors, which must be compiled before real data comes. */
    List<String> loops();

    /**
     * Runs a loop on whatever the frame holds, as {@link Network#runLoop} does with those of a model.
     *
     * @param loop which of {@link #loops}
     * @param count how often it goes round; with 0 it returns at once
     * @param frame memory to work on: where the loop begins to read and write
     */
    void runLoop(int loop, int count, Frame frame);

    /** The name that a person reads. */
    default String label() {
        return Pattern.compile("_(.)").matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
