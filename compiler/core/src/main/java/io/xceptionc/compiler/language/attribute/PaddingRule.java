package io.xceptionc.compiler.language.attribute;

/** How an author says what padding is to be. */
public sealed interface PaddingRule {

    /** As much as makes the output {@code ceil(input / stride)}, as TensorFlow. */
    record Same() implements PaddingRule {}

    /**
     * A number for each side.
     *
     * @param top rows above
     * @param bottom rows below
     * @param left columns before
     * @param right columns after
     */
    record Explicit(int top, int bottom, int left, int right) implements PaddingRule {

        /** Whether no side has any. */
        boolean isNone() {
            return top == 0 && bottom == 0 && left == 0 && right == 0;
        }
    }
}
