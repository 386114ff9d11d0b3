package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.INPUT;

import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.NumberType;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.PaddingType;
import java.util.List;

/** What moves values about, or leaves them as they are. */
final class Arrangements {

    private static final Attribute<PaddingRule> ZEROS =
            Attribute.required("padding", new PaddingType(false), "1", "rows and columns of zeros added around");
    private static final Attribute<PaddingRule> MARGINS =
            Attribute.required("cropping", new PaddingType(false), "1", "rows and columns cut off");
    private static final Attribute<Double> RATE = Attribute.optional("rate", new NumberType(0, 1), "0.5",
            "share of values dropped in training; without effect here");

    static final Operator FLATTEN = Operator.of("flatten",
            "An image as a vector: height, width, channels with keras weights; channels, height, width with pytorch.",
            List.of(INPUT), Flatten.class,
            (_, context) -> new Flatten(context.convention().flattensChannelsFirst()), (_, _) -> {});

    static final Operator ZERO_PAD2D = Operator.of("zero_pad2d", "Zeros around an image.", List.of(INPUT, ZEROS),
            ZeroPad2d.class, (arguments, _) -> new ZeroPad2d(Windows.padding(arguments.get(ZEROS))),
            (op, said) -> said.set(ZEROS, Description.sides(op.padding())));

    static final Operator CROP2D = Operator.of("crop2d", "An image without rows and columns at its sides.",
            List.of(INPUT, MARGINS), Crop2d.class,
            (arguments, _) -> new Crop2d(Windows.padding(arguments.get(MARGINS))),
            (op, said) -> said.set(MARGINS, Description.sides(op.margins())));

    static final Operator DROPOUT =
            Operator.of("dropout", "Dropout; it does nothing when a picture is classified.", List.of(INPUT, RATE),
                    new Dropout());

    private Arrangements() {}
}
