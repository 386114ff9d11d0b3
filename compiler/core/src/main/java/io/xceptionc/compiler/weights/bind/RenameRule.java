package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.Optional;

/** A pattern of a file's names, and what they are to be called instead. */
public final class RenameRule {

    /** A longer name is that of no layer. */
    private static final int LONGEST_NAME = 500;

    private final String text;
    private final NamePattern pattern;
    private final NamePattern replacement;
    private final SourceSpan span;

    /**
     * A rule.
     *
     * @param pattern of whole names, each {@code *} standing for any characters
     * @param replacement in which the same number of {@code *}, or none, stand for the same characters
     * @param span the place of the rule in the spec
     */
    public RenameRule(String pattern, String replacement, SourceSpan span) {
        this.text = pattern;
        this.pattern = NamePattern.of(pattern);
        this.replacement = NamePattern.of(replacement);
        this.span = span;
    }

    /** The pattern as the spec has it. */
    String text() {
        return text;
    }

    /** Its place in the spec. */
    SourceSpan span() {
        return span;
    }

    /** The new name of a tensor of the file, if the rule is for it. */
    Optional<String> apply(String name) {
        return name.length() > LONGEST_NAME ? Optional.empty() : pattern.match(name).map(replacement::filled);
    }
}
