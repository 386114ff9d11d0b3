package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import java.util.Optional;

/**
 * What the value of an attribute may be, and how it is read.
 *
 * @param <T> what it is read as
 */
public sealed interface AttributeType<T>
        permits ValueType, WordType, LineType, ReferencesType, ShapeType, StructureType {

    /** The values it allows, to continue the words {@code must be}. */
    String describe();

    /**
     * Reads a value without variables; empty, and reported at its place, if it is not of this type.
     *
     * @param name the attribute's name, for the report
     */
    Optional<T> read(String name, Value value, Diagnostics diagnostics);
}
