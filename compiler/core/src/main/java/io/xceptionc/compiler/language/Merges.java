package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUTS;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import java.util.List;
import java.util.stream.Stream;

/** What makes one value of several, also where paths side by side end. */
public final class Merges {

    private static final String SHAPES =
            " earlier layers, element by element. One of [1, 1, c], [h, w, 1] or [1, 1, 1],"
                    + " or a vector [c], is repeated for an image [h, w, c].";

    /** The sum of values. */
    public static final Operator ADD = Operator.of("add", "Sum of" + SHAPES, List.of(INPUTS), new Add());

    private static final Operator MULTIPLY =
            Operator.of("multiply", "Product of" + SHAPES, List.of(INPUTS), new Multiply());
    private static final Operator SUBTRACT = Operator.of("subtract",
            "The first less all others of two or more" + SHAPES, List.of(INPUTS), new Subtract());
    private static final Operator MAXIMUM =
            Operator.of("maximum", "Greatest of" + SHAPES, List.of(INPUTS), new Maximum());
    private static final Operator MINIMUM = Operator.of("minimum", "Least of" + SHAPES, List.of(INPUTS), new Minimum());
    private static final Operator AVERAGE = Operator.of("average", "Mean of" + SHAPES, List.of(INPUTS), new Average());

    private static final Operator CONCAT = Operator.of("concat", "Channels of earlier layers one after another.",
            List.of(INPUTS), Concat.class, (_, context) -> concat(context.inputs()), (_, _) -> {});

    /** All of them, in the order of the reference. */
    static final List<Operator> ALL = List.of(ADD, MULTIPLY, SUBTRACT, MAXIMUM, MINIMUM, AVERAGE, CONCAT);

    /** Of branches. */
    public static final Attribute<String> MERGE =
            Attribute.optional("merge",
                    new ChoiceType(Stream.of(CONCAT, ADD, MULTIPLY, SUBTRACT, MAXIMUM, MINIMUM, AVERAGE)
                            .map(Operator::word).toList()),
                    CONCAT.word(),
                    "what becomes of the results: their channels are joined, or they are added, multiplied and so on");

    private Merges() {}

    /** Whether it is one that branches can end with. */
    public static boolean canEndPaths(Op op) {
        return ((ChoiceType) MERGE.type()).words().contains(op.keyword());
    }

    private static Concat concat(List<TensorType> inputs) {
        long channels = inputs.stream().mapToLong(TensorType::channels).sum();
        if (channels > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new ShapeException(DiagnosticCode.E205,
                    "yields " + channels + " channels, more than " + TensorType.LARGEST_ELEMENT_COUNT,
                    "join fewer channels");
        }
        return new Concat();
    }
}
