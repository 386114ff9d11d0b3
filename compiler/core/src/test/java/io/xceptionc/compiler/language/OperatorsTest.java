package io.xceptionc.compiler.language;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.JoinPhases;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.SplitPhases;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.testing.RandomGraphs;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is said of an operator of the graph makes that operator. */
class OperatorsTest {

    /** What no layer is: the network's ends, and what passes make. */
    private static final Set<Class<?>> WITHOUT_A_WORD =
            Set.of(Input.class, Output.class, Affine.class, RepeatChannels.class, JoinPhases.class,
                    SplitPhases.class);

    private static final SourceSpan PLACE = SourceSpan.ofFile("test");

    private final Set<Class<?>> described = new HashSet<>();

    /** Always of the same graphs, so that no draw decides whether every operator is among them. */
    @Property(tries = 300, seed = "1")
    void whatIsSaidOfAnOperatorMakesIt(@ForAll("graphs") Graph graph, @ForAll NamingConvention convention) {
        for (Node node : graph.nodes()) {
            Optional<Operator> operator = Operators.of(node.op());
            if (operator.isPresent() && !isSaidByConvention(node.op(), convention)) {
                Description said = new Description(convention);
                operator.get().describe(node.op(), said);
                Context context = new Context(node.inputs().stream().map(Node::type).toList(), convention,
                        said.tensors().stream()
                                .collect(Collectors.toMap(Description.Part::role, Description.Part::tensor)));
                assertEquals(Formula.of(asTheLanguageHasIt(node.op()), node.inputs().size()),
                        operator.get().create(new Written(said), context));
                described.add(node.op().getClass());
            }
        }
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return RandomGraphs.graphs();
    }

    /** The order in which an image is flattened is the convention's, and nothing that a layer says. */
    private static boolean isSaidByConvention(Op op, NamingConvention convention) {
        return op instanceof Flatten flatten && flatten.channelsFirst() != convention.flattensChannelsFirst();
    }

    /** Whether padding counts, a layer says only where there is some, and a mean. */
    private static Op asTheLanguageHasIt(Op op) {
        return op instanceof Pool2d(Reduction reduction, Window window, _)
                && (reduction == Reduction.MAX || window.padding().equals(Padding.NONE))
                        ? new Pool2d(reduction, window, false)
                        : op;
    }

    @AfterProperty
    void allOperatorsWereDrawn() {
        assertEquals(operators(Op.class).filter(type -> !WITHOUT_A_WORD.contains(type)).collect(Collectors.toSet()),
                described, "drawn by RandomGraphs and with a word in Operators");
    }

    private static Stream<Class<?>> operators(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OperatorsTest::operators)
                : Stream.of(type);
    }

    @Test
    void wordsForActivationsNeedNoAttributesAndNoTensors() {
        for (Operator activation : Activations.ALL) {
            List<String> required =
                    activation.attributes().stream().filter(Attribute::isRequired).map(Attribute::name).toList();
            assertEquals(List.of(), required, activation.word());
            Executable creation = () -> activation.create(AttributeValues.DEFAULTS,
                    new Context(List.of(TensorType.vector(3)), NamingConvention.KERAS, Map.of()));
            if (activation.word().equals("clip")) {
                assertEquals("has no bound", assertThrows(ShapeException.class, creation).getMessage());
            } else {
                assertDoesNotThrow(creation);
            }
        }
    }

    /** The values as they are read from what is written, which must say all that has no default. */
    private record Written(Description said) implements AttributeValues {

        @Override
        public <T> Optional<T> find(Attribute<T> attribute) {
            Diagnostics diagnostics = new Diagnostics();
            Optional<T> read = said.settings().stream().filter(setting -> setting.attribute().equals(attribute))
                    .findFirst().flatMap(setting -> attribute.type().read(attribute.name(), value(setting.text()),
                            diagnostics));
            assertTrue(diagnostics.sorted().isEmpty(), () -> diagnostics.sorted().toString());
            assertEquals(said.find(attribute), read);
            return read.or(attribute::defaultValue);
        }

        private static Value value(String text) {
            List<Value> items = new ArrayList<>();
            if (!text.startsWith("[")) {
                return new Value.Scalar(text, true, PLACE);
            }
            Arrays.stream(text.substring(1, text.length() - 1).split(", "))
                    .forEach(item -> items.add(new Value.Scalar(item, true, PLACE)));
            return new Value.Sequence(items, PLACE);
        }
    }

    /** A place with given tensors. */
    private record Context(List<TensorType> inputs, NamingConvention convention, Map<TensorRole, Tensor> tensors)
            implements LayerContext {

        @Override
        public Tensor tensor(TensorRole role, Integer... shape) {
            Tensor tensor = tensors.get(role);
            assertEquals(List.of(shape), tensor.shape());
            return tensor;
        }
    }
}
