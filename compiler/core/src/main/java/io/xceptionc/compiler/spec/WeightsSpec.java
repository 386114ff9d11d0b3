package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;

/**
 * How the tensors of a weights file find their layers.
 *
 * @param convention whose names and layouts they have: keras or pytorch
 * @param renames what the file calls otherwise; the first one that is for a name counts
 */
public record WeightsSpec(String convention, List<Rename> renames) {

    public WeightsSpec {
        renames = List.copyOf(renames);
    }

    /**
     * A pattern of the file's names, and what such tensors are to be called.
     *
     * @param pattern of whole names, each {@code *} standing for any characters
     * @param replacement with as many {@code *}, which stand for the same characters, or none
     * @param span the pattern's place
     */
    public record Rename(String pattern, String replacement, SourceSpan span) {}
}
