package io.xceptionc.compiler.language.attribute;

/** What an attribute is where the spec does not give it. */
public sealed interface Default {

    /**
     * Nothing: it must be given.
     *
     * @param example a value as an author might write it
     */
    record Required(String example) implements Default {}

    /**
     * A fixed value.
     *
     * @param text as an author would write it
     */
    record Literal(String text) implements Default {}

    /**
     * Something that depends on the rest.
     *
     * @param text what, in words
     */
    record Described(String text) implements Default {}
}
