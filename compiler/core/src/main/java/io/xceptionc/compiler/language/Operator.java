package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An operator of the language, both ways: what an author writes of it, and what a graph computes. Each is defined once,
 * as a constant of its family, and {@link Operators} lists them.
 */
public final class Operator implements Keyword {

    /** Makes what a layer computes. */
    @FunctionalInterface
    interface Composer {

        /** What the layer computes; a {@link ShapeException} if it does not fit what it reads. */
        Formula compose(AttributeValues arguments, LayerContext context);
    }

    /**
     * Makes the one operator of the graph that a layer is.
     *
     * @param <O> the operator of the graph
     */
    @FunctionalInterface
    interface Maker<O extends Op> {

        /** What the layer computes of all that it reads; a {@link ShapeException} if it does not fit that. */
        O make(AttributeValues arguments, LayerContext context);
    }

    /**
     * Says what makes an operator of the graph.
     *
     * @param <O> the operator of the graph
     */
    @FunctionalInterface
    interface Describer<O extends Op> {

        /** Sets all attributes, except those that the layer takes from its surroundings, and all tensors. */
        void describe(O op, Description description);
    }

    private final String word;
    private final String description;
    private final List<Attribute<?>> attributes;
    private final Composer composer;
    private final Describer<Op> describer;
    private final Consumer<AttributeValues> rule;

    private Operator(String word, String description, List<Attribute<?>> attributes, Composer composer,
            Describer<Op> describer) {
        this(word, description, Stream.concat(Stream.of(LayerAttributes.NAME), attributes.stream())
                .<Attribute<?>>map(attribute -> attribute).toList(), composer, describer, _ -> {});
    }

    private Operator(String word, String description, List<Attribute<?>> attributes, Composer composer,
            Describer<Op> describer, Consumer<AttributeValues> rule) {
        this.word = word;
        this.description = description;
        this.attributes = List.copyOf(attributes);
        this.composer = composer;
        this.describer = describer;
        this.rule = rule;
    }

    /**
     * One that is one operator of the graph, which calls itself by the same word.
     *
     * @param word the keyword
     * @param description one line for people, with a full stop
     * @param attributes what it takes beside its name, in the order of the reference
     */
    static <O extends Op> Operator of(String word, String description, List<Attribute<?>> attributes, Class<O> opClass,
            Maker<O> maker, Describer<O> describer) {
        return new Operator(word, description, attributes,
                (arguments, context) -> Formula.of(maker.make(arguments, context), context.inputs().size()),
                (op, said) -> describer.describe(opClass.cast(op), said));
    }

    /** One that is always the same operator of the graph. */
    static Operator of(String word, String description, List<Attribute<?>> attributes, Op op) {
        return new Operator(word, description, attributes,
                (_, context) -> Formula.of(op, context.inputs().size()), (_, _) -> {});
    }

    /** One that is several operators of the graph, which on the way back are layers of their own. */
    static Operator composite(String word, String description, List<Attribute<?>> attributes, Composer composer) {
        return new Operator(word, description, attributes, composer, (op, _) -> {
            throw new IllegalArgumentException("written as its parts: " + op);
        });
    }

    /** The same with a rule that its attributes alone break or keep; it throws a {@link ShapeException}. */
    Operator requiring(Consumer<AttributeValues> ofAttributes) {
        return new Operator(word, description, attributes, composer, describer, ofAttributes);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Attribute<?>> attributes() {
        return attributes;
    }

    /**
     * Checks what can be told of a layer without what it reads.
     *
     * @param arguments the layer's attributes, complete
     * @throws ShapeException if no input would do
     */
    public void check(AttributeValues arguments) {
        rule.accept(arguments);
    }

    /**
     * What a layer computes.
     *
     * @param arguments the layer's attributes, complete
     * @throws ShapeException if it does not fit what it reads
     */
    public Formula create(AttributeValues arguments, LayerContext context) {
        return composer.compose(arguments, context);
    }

    /**
     * What a layer must say to compute an operator whose keyword this is; the reverse of {@link #create}.
     *
     * @param said where it is put down
     */
    public void describe(Op op, Description said) {
        describer.describe(op, said);
    }

    @Override
    public String toString() {
        return word;
    }
}
