package io.xceptionc.runtime;

import java.util.List;

/**
 * One step of a run: a layer, with the layers that were fused into it.
 *
 * @param name the layer that it computes
 * @param operator that layer's operator, as specs call it
 * @param kernels the kernels that it calls, in order; none if it only copies
 * @param multiplyAccumulates multiplications with an addition, for one image
 * @param bytes what it has to move for one image: its inputs, its result and its weights, each once
 */
public record ModelStep(String name, String operator, List<String> kernels, long multiplyAccumulates, long bytes) {

    private static final String NO_KERNELS = "-";
    private static final String OUTPUT = "output";

    public ModelStep {
        kernels = List.copyOf(kernels);
    }

    /** Whether it hands a result to the caller; such steps come in the order of the model's outputs. */
    public boolean isOutput() {
        return operator.equals(OUTPUT);
    }

    /** Floating point operations for one image, a multiplication and an addition being two. */
    public long floatingPointOperations() {
        return 2 * multiplyAccumulates;
    }

    /** The kernels in one word, {@code depthwise3x3Sliding+multiply224}; {@code -} if there are none. */
    public String kernelsText() {
        return kernels.isEmpty() ? NO_KERNELS : String.join("+", kernels);
    }

    /** In one line, the name last. */
    String toText() {
        return String.join(" ", operator, kernelsText(), Long.toString(multiplyAccumulates), Long.toString(bytes),
                name);
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static ModelStep of(String text) {
        String[] words = text.split(" ", 5);
        if (words.length < 5) {
            throw new IllegalArgumentException("'" + text + "' describes no step");
        }
        List<String> kernels = words[1].equals(NO_KERNELS) ? List.of() : List.of(words[1].split("\\+"));
        return new ModelStep(words[4], words[0], kernels, Long.parseLong(words[2]), Long.parseLong(words[3]));
    }
}
