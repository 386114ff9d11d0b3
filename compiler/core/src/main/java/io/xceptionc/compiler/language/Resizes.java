package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUT;
import static io.xceptionc.compiler.language.LayerAttributes.INPUTS;
import static io.xceptionc.compiler.language.LayerAttributes.WINDOW_SIDE;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Coordinates;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.Resize2d.Method;
import io.xceptionc.compiler.graph.op.Resize2d.Rounding;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.ShapeRules;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.PairType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Images of another height and width. */
final class Resizes {

    private static final Attribute<Pair> FACTOR = Attribute.required("factor", new PairType(WINDOW_SIDE), "2",
            "rows and columns of the result for each of the input");
    private static final Attribute<Pair> SIZE = Attribute.required("size", new PairType(new IntegerType(1, 1 << 15)),
            "[64, 64]", "height and width of the result");
    private static final ChoiceType METHODS =
            new ChoiceType(Stream.of(Method.values()).map(Method::word).toList());
    private static final String METHOD_MEANING = "whether each pixel is the nearest one, or between four";
    private static final Attribute<String> USUALLY_NEAREST =
            Attribute.optional("interpolation", METHODS, Method.NEAREST.word(), METHOD_MEANING);
    private static final Attribute<String> USUALLY_BILINEAR =
            Attribute.optional("interpolation", METHODS, Method.BILINEAR.word(), METHOD_MEANING);
    private static final Attribute<String> COORDINATES = Attribute.optional("coordinates",
            new ChoiceType(Stream.of(Coordinates.values()).map(Coordinates::word).toList()),
            Coordinates.HALF_PIXEL.word(), "where in the input each pixel of the result lies, as ONNX has it");
    private static final Attribute<String> ROUNDING = Attribute.optional("rounding",
            new ChoiceType(Stream.of(Rounding.values()).map(Rounding::word).toList()), Rounding.HALF_UP.word(),
            "which pixel is the nearest one");

    static final Operator UP_SAMPLING2D =
            Operator.of("up_sampling2d", "An image some times as high and as wide.",
                    List.of(INPUT, FACTOR, USUALLY_NEAREST, COORDINATES, ROUNDING), Resize2d.class,
                    (arguments, _) -> resize(arguments, factor(arguments.get(FACTOR)), USUALLY_NEAREST),
                    (op, said) -> {
                        if (op.extent() instanceof Extent.Factor(int rows, int columns)) {
                            said.set(FACTOR, new Pair(rows, columns));
                        }
                        describe(op, USUALLY_NEAREST, said);
                    });

    static final Operator RESIZE = Operator.of("resize2d", "An image of a given height and width.",
            List.of(INPUT, SIZE, USUALLY_BILINEAR, COORDINATES, ROUNDING), Resize2d.class,
            (arguments, _) -> resize(arguments, size(arguments.get(SIZE)), USUALLY_BILINEAR), (op, said) -> {
                if (op.extent() instanceof Extent.Size(int height, int width)) {
                    said.set(SIZE, new Pair(height, width));
                }
                describe(op, USUALLY_BILINEAR, said);
            });

    /** Its size is the layer's that it is like, so that a spec with one fits inputs of any size. */
    static final Operator RESIZE_LIKE = Operator.composite("resize2d_like",
            "The first of two earlier layers, brought to the height and width of the second.",
            List.of(INPUTS, USUALLY_BILINEAR, COORDINATES, ROUNDING),
            (arguments, context) -> new Formula.Value(
                    resize(arguments, sizeOfSecond(context.inputs()), USUALLY_BILINEAR),
                    List.of(new Formula.Read(0))));

    private Resizes() {}

    private static Extent sizeOfSecond(List<TensorType> types) {
        if (types.size() != 2) {
            throw new ShapeException(DiagnosticCode.E203,
                    "has " + types.size() + " inputs, but resizes one like another",
                    "give two: inputs: [what, like]", INPUTS.name());
        }
        ShapeRules.requireImage(types.getLast());
        return new Extent.Size(types.getLast().height(), types.getLast().width());
    }

    private static Extent factor(Pair factor) {
        return new Extent.Factor(factor.height(), factor.width());
    }

    private static Extent size(Pair size) {
        return new Extent.Size(size.height(), size.width());
    }

    private static Resize2d resize(AttributeValues arguments, Extent extent, Attribute<String> method) {
        return new Resize2d(extent, Method.valueOf(constant(arguments.get(method))),
                Coordinates.valueOf(constant(arguments.get(COORDINATES))),
                Rounding.valueOf(constant(arguments.get(ROUNDING))));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    private static void describe(Resize2d op, Attribute<String> method, Description said) {
        said.set(method, op.method().word());
        said.set(COORDINATES, op.coordinates().word());
        said.set(ROUNDING, op.rounding().word());
    }
}
