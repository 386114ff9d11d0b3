package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.DocumentAttributes;
import io.xceptionc.compiler.language.Structure;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.Complaints;
import io.xceptionc.compiler.language.attribute.ShapeType.Shape;
import io.xceptionc.compiler.language.attribute.StructureType;
import io.xceptionc.compiler.language.attribute.Value;
import io.xceptionc.compiler.language.attribute.Value.Mapping;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the input's shape and preprocessing. */
final class InputParser {

    private record ResizeRule(Optional<String> method, Optional<Integer> shorterSide, Optional<Integer> letterbox) {}

    private final Diagnostics diagnostics;
    private final ArgumentsParser argumentsParser;

    InputParser(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.argumentsParser = new ArgumentsParser(diagnostics);
    }

    /** The input; empty if its shape is not known. */
    Optional<InputSpec> parse(Value value, SourceSpan span) {
        if (!(value instanceof Mapping mapping)) {
            return Complaints.wrong("input", StructureType.INPUT, value, "write input: {shape: [299, 299, 3]}",
                    diagnostics);
        }
        Arguments arguments = argumentsParser.parse(Structure.INPUT, "the input", mapping);
        argumentsParser.requireAll(Structure.INPUT, "the input", arguments, span);
        Optional<Shape> shape = DocumentAttributes.SHAPE.read(arguments, diagnostics);
        ResizeRule resize = resize(arguments);
        return shape.map(known -> input(known, arguments, resize));
    }

    private InputSpec input(Shape shape, Arguments arguments, ResizeRule resize) {
        SourceSpan span = arguments.get(DocumentAttributes.SHAPE).orElseThrow().span();
        boolean isRaw = isRaw(arguments);
        Optional<List<Scaling>> scaling =
                takesPictures(shape) || isRaw ? scaling(shape.channels(), arguments) : Optional.empty();
        List<Scaling> arrays = (isRaw ? scaling : arrays(shape.channels(), arguments)).orElse(List.of());
        return new InputSpec(shape, pictures(shape, arguments, resize, isRaw
                ? scaling.map(each -> Collections.nCopies(each.size(), Scaling.IDENTITY))
                : scaling), arrays, span);
    }

    /** Whether the scaling of pictures is that of arrays, too. */
    private boolean isRaw(Arguments arguments) {
        Optional<Value> value = arguments.get(DocumentAttributes.ARRAYS).filter(given -> !(given instanceof Mapping));
        Optional<String> word = value.flatMap(given -> given instanceof Value.Scalar
                ? DocumentAttributes.ARRAY_VALUES.type().read("arrays", given, diagnostics)
                : Complaints.wrong("arrays", StructureType.ARRAYS, given, "write arrays: raw", diagnostics));
        return word.filter("raw"::equals).isPresent();
    }

    /** What the long form says of arrays. */
    private Optional<List<Scaling>> arrays(int channels, Arguments arguments) {
        return arguments.get(DocumentAttributes.ARRAYS).filter(Mapping.class::isInstance)
                .map(mapping -> argumentsParser.parse(Structure.ARRAYS, (Mapping) mapping))
                .flatMap(longForm -> eachChannel(channels, longForm, DocumentAttributes.ARRAY_SCALE,
                        DocumentAttributes.ARRAY_OFFSET, Scaling.Linear::new));
    }

    private static boolean takesPictures(Shape shape) {
        return shape.channels() == 1 || shape.channels() == 3;
    }

    /** The short form is the method alone. */
    private ResizeRule resize(Arguments arguments) {
        Optional<Value> value = arguments.get(DocumentAttributes.RESIZE);
        if (value.isPresent() && !(value.get() instanceof Mapping)) {
            return new ResizeRule(DocumentAttributes.METHOD.type().read("resize", value.get(), diagnostics),
                    Optional.empty(), Optional.empty());
        }
        Arguments longForm =
                value.map(mapping -> argumentsParser.parse(Structure.RESIZE, (Mapping) mapping)).orElse(Arguments.NONE);
        Optional<Value> shorterSide = longForm.get(DocumentAttributes.SHORTER_SIDE);
        Optional<Value> letterbox = longForm.get(DocumentAttributes.LETTERBOX);
        if (shorterSide.isPresent() && letterbox.isPresent()) {
            diagnostics.report(DiagnosticCode.E105, letterbox.get().span(),
                    "a picture is either cropped, by shorter_side, or framed, by letterbox", "give one of them");
        }
        return new ResizeRule(DocumentAttributes.METHOD.read(longForm, diagnostics),
                DocumentAttributes.SHORTER_SIDE.read(longForm, diagnostics),
                DocumentAttributes.LETTERBOX.read(longForm, diagnostics));
    }

    private Optional<Pictures> pictures(Shape shape, Arguments arguments, ResizeRule resize,
            Optional<List<Scaling>> scaling) {
        if (!takesPictures(shape)) {
            arguments.get(DocumentAttributes.COLOR).or(() -> arguments.get(DocumentAttributes.RESIZE))
                    .ifPresent(value -> diagnostics.report(
                            DiagnosticCode.E105, value.span(),
                            "an input with " + shape.channels() + " channels takes no pictures",
                            "remove this, or use 3 channels, or 1 for grey"));
            return Optional.empty();
        }
        Optional<String> color = color(shape, arguments);
        return resize.method().flatMap(how -> color.flatMap(order -> scaling.map(each -> new Pictures(how,
                optional(resize.shorterSide()), optional(resize.letterbox()), order, each))));
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private Optional<String> color(Shape shape, Arguments arguments) {
        Optional<Value> value = arguments.get(DocumentAttributes.COLOR);
        if (value.isEmpty()) {
            return Optional.of(shape.channels() == 1 ? "grey" : "rgb");
        }
        Optional<String> color = DocumentAttributes.COLOR.read(arguments, diagnostics);
        if (color.isPresent() && color.get().equals("grey") != (shape.channels() == 1)) {
            diagnostics.report(DiagnosticCode.E105, value.get().span(),
                    color.get() + " pictures do not have " + shape.channels() + " channels",
                    shape.channels() == 1
                            ? "write color: grey, or a shape with 3 channels"
                            : "write color: rgb, or a shape with 1 channel");
        }
        return color;
    }

    private Optional<List<Scaling>> scaling(int channels, Arguments arguments) {
        Optional<Value> mean = arguments.get(DocumentAttributes.MEAN);
        Optional<Value> deviation = arguments.get(DocumentAttributes.STD);
        if (mean.isEmpty() && deviation.isEmpty()) {
            return eachChannel(channels, arguments, DocumentAttributes.SCALE, DocumentAttributes.OFFSET,
                    Scaling.Linear::new);
        }
        Stream.of(DocumentAttributes.SCALE, DocumentAttributes.OFFSET)
                .flatMap(attribute -> arguments.get(attribute).stream())
                .forEach(value -> diagnostics.report(DiagnosticCode.E105, value.span(),
                        "scale and offset exclude mean and std",
                        "keep either scale and offset, or mean and std"));
        if (mean.isEmpty() || deviation.isEmpty()) {
            String missing = mean.isEmpty() ? "mean" : "std";
            diagnostics.report(DiagnosticCode.E104, mean.or(() -> deviation).orElseThrow().span(),
                    "mean and std go together, '" + missing + "' is not there",
                    "add " + missing + ": a number, or one for each channel");
            return Optional.empty();
        }
        return eachChannel(channels, arguments, DocumentAttributes.MEAN, DocumentAttributes.STD,
                Scaling.Standardised::new);
    }

    private Optional<List<Scaling>> eachChannel(int channels, Arguments arguments, Attribute<List<Double>> first,
            Attribute<List<Double>> second,
            BiFunction<Double, Double, Scaling> together) {
        Optional<List<Double>> left = perChannel(channels, arguments, first);
        Optional<List<Double>> right = perChannel(channels, arguments, second);
        return left.flatMap(a -> right.map(b -> IntStream.range(0, channels)
                .mapToObj(channel -> together.apply(a.get(channel), b.get(channel))).toList()));
    }

    private Optional<List<Double>> perChannel(int channels, Arguments arguments, Attribute<List<Double>> attribute) {
        Optional<List<Double>> numbers = attribute.read(arguments, diagnostics);
        if (numbers.isPresent() && numbers.get().size() != 1 && numbers.get().size() != channels) {
            diagnostics.report(DiagnosticCode.E105, arguments.get(attribute).orElseThrow().span(),
                    "'" + attribute.name() + "' has " + numbers.get().size() + " numbers, the input has " + channels
                            + " channels",
                    "give one number, or one for each channel");
            return Optional.empty();
        }
        return numbers.map(list -> IntStream.range(0, channels)
                .mapToObj(channel -> list.get(list.size() == 1 ? 0 : channel)).toList());
    }
}
