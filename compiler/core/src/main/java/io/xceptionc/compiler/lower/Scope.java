package io.xceptionc.compiler.lower;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where layers are unfolded.
 *
 * @param path what derived names begin with; empty at the top
 * @param variables what <code>${...}</code> can use
 * @param activeBlocks the blocks that are being unfolded, outermost first
 * @param depth how many blocks, repeats, residuals and branches are around
 * @param isReplay whether the layers repeat earlier ones with their weights
 */
record Scope(String path, Variables variables, List<String> activeBlocks, int depth, boolean isReplay) {

    /** The top of a spec. */
    static final Scope TOP = new Scope("", Variables.NONE, List.of(), 0, false);

    /** One level deeper. */
    Scope nested() {
        return new Scope(path, variables, activeBlocks, depth + 1, isReplay);
    }

    /** With another part of the path. */
    Scope inside(String segment) {
        return withPath(join(segment));
    }

    /** With another path. */
    Scope withPath(String other) {
        return new Scope(other, variables, activeBlocks, depth, isReplay);
    }

    /** With other variables. */
    Scope withVariables(Variables other) {
        return new Scope(path, other, activeBlocks, depth, isReplay);
    }

    /** In a block. */
    Scope inBlock(String block) {
        return new Scope(path, variables, Stream.concat(activeBlocks.stream(), Stream.of(block)).toList(), depth,
                isReplay);
    }

    /** For a later pass of a repeat with shared weights. */
    Scope replayed() {
        return new Scope(path, variables, activeBlocks, depth, true);
    }

    /** The path of something in this scope. */
    String join(String segment) {
        return path.isEmpty() ? segment : path + "." + segment;
    }
}
