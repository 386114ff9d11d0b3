package io.xceptionc.compiler.language.attribute;

/**
 * What the attributes of operators are: values that can be written as they are read.
 *
 * @param <T> what it is read as
 */
public sealed interface ValueType<T> extends AttributeType<T>
        permits IntegerType, NumberType, NumbersType, BooleanType, ChoiceType, PairType, PaddingType {

    /** The value as an author writes it, as short as can be: what {@link #read} makes it of. */
    String write(T value);
}
