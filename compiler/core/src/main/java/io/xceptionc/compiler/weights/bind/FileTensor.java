package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.weights.file.TensorInfo;

/**
 * A tensor of a file, as it is looked for.
 *
 * @param info what the file says of it
 * @param name its name without a prefix that all have, or as a rule renames it
 * @param renamed whether a rule did
 */
record FileTensor(TensorInfo info, String name, boolean renamed) {

    How foundByName() {
        return renamed ? How.RENAME : How.NAME;
    }
}
