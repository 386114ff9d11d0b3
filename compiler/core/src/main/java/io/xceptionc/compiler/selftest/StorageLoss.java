package io.xceptionc.compiler.selftest;

import io.xceptionc.runtime.Storage;

/**
 * What storing weights with fewer digits costs.
 *
 * @param storage how they are stored
 * @param weightAbsolute the greatest difference of a weight, as folded and stored
 * @param weightRelative the greatest difference of a weight as a part of the greatest magnitude in its kernel
 * @param answerAbsolute the greatest difference of the answer to the self-test's image; both answers are the
 *        interpreter's
 * @param answerRelative the same as a part of the greatest magnitude in the answer
 */
public record StorageLoss(
        Storage storage,
        double weightAbsolute,
        double weightRelative,
        double answerAbsolute,
        double answerRelative) {}
