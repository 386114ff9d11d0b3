package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUTS;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import java.util.List;

/** What makes one value of several, also where paths side by side end. */
public final class Merges {

    /** The sum of values of one shape. */
    public static final Operator ADD =
            Operator.of("add", "Sum of earlier layers of one shape.", List.of(INPUTS), new Add());

    private static final Operator MULTIPLY = Operator.of("multiply",
            "Product of earlier layers of one shape, element by element.", List.of(INPUTS), new Multiply());

    private static final Operator CONCAT = Operator.of("concat", "Channels of earlier layers one after another.",
            List.of(INPUTS), Concat.class, (_, context) -> concat(context.inputs()), (_, _) -> {});

    /** All of them, in the order of the reference. */
    static final List<Operator> ALL = List.of(ADD, MULTIPLY, CONCAT);

    /** Of branches. */
    public static final Attribute<String> MERGE =
            Attribute.optional("merge", new ChoiceType(List.of(CONCAT.word(), ADD.word(), MULTIPLY.word())),
                    CONCAT.word(),
                    "whether the results' channels are joined, or the results added or multiplied");

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
