package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.format.file.TensorInfo;
import java.util.Optional;

/**
 * A tensor of a file, as it is looked for.
 *
 * @param info what the file says of it
 * @param name its name without a prefix that all have, or as a rule renames it
 * @param rule the rule that renames it, if one does
 */
record FileTensor(TensorInfo info, String name, Optional<RenameRule> rule) {

    boolean isRenamed() {
        return rule.isPresent();
    }

    MatchedBy foundByName() {
        return isRenamed() ? MatchedBy.RENAME : MatchedBy.NAME;
    }
}
