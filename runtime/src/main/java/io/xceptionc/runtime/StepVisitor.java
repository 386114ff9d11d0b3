package io.xceptionc.runtime;

/** Is shown what each step of a run yields. */
@FunctionalInterface
public interface StepVisitor {

    /**
     * Looks at a step that is done.
     *
     * @param step what was done
     * @param value which layer's value it yields; where that lies need not be of interest
     * @param elements the value, row-major
     */
    void visit(ModelStep step, StepValue value, float[] elements);
}
