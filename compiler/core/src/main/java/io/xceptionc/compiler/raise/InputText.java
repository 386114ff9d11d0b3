package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.attribute.DecimalText;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The text of a spec's input. */
final class InputText {

    private final Optional<Pictures> pictures;
    private final List<Scaling> arrays;

    private InputText(Optional<Pictures> pictures, FileScaling arrays) {
        this.pictures = pictures;
        this.arrays = List.copyOf(arrays.channels());
    }

    /** The lines of an input; a comment says what is not known of it. */
    static List<String> lines(TensorType type, ImportSettings settings) {
        boolean takesPictures = type.channels() == 1 || type.channels() == 3;
        Optional<Pictures> pictures = settings.pictures().filter(_ -> takesPictures);
        String text = "input: {shape: " + type.dimensions()
                + new InputText(pictures, settings.arrays()).scaling() + "}";
        return takesPictures && pictures.isEmpty()
                ? List.of(
                        "# How a picture becomes an input is not known: add resize, scale and offset, or mean and std.",
                        text)
                : List.of(text);
    }

    private String scaling() {
        String colors = pictures.map(InputText::pictures).orElse("");
        boolean isIdentity =
                pictures.map(Pictures::scaling).orElse(List.of()).stream().allMatch(Scaling.IDENTITY::equals);
        if (arrays.isEmpty()) {
            return colors + pictures.map(taken -> numbers(taken.scaling())).orElse("");
        }
        return isIdentity
                ? colors + numbers(arrays) + ", arrays: raw"
                : colors + numbers(pictures.orElseThrow().scaling()) + ", arrays: {" + numbers(arrays).substring(2)
                        + "}";
    }

    private static String pictures(Pictures pictures) {
        return ", resize: " + resize(pictures) + (pictures.color().equals("bgr") ? ", color: bgr" : "");
    }

    private static String resize(Pictures pictures) {
        if (pictures.letterbox().isPresent()) {
            return "{method: " + pictures.method() + ", letterbox: " + pictures.letterbox().getAsInt() + "}";
        }
        return pictures.shorterSide().isPresent()
                ? "{method: " + pictures.method() + ", shorter_side: " + pictures.shorterSide().getAsInt() + "}"
                : pictures.method();
    }

    private static String numbers(List<Scaling> scaling) {
        boolean isLinear = scaling.stream().allMatch(Scaling.Linear.class::isInstance);
        return isLinear
                ? numbers(", scale: ", scaling, each -> ((Scaling.Linear) each).scale())
                        + numbers(", offset: ", scaling, each -> ((Scaling.Linear) each).offset())
                : numbers(", mean: ", scaling, each -> ((Scaling.Standardised) each).mean())
                        + numbers(", std: ", scaling, each -> ((Scaling.Standardised) each).deviation());
    }

    private static String numbers(String key, List<Scaling> scaling, Function<Scaling, Double> number) {
        return key + text(scaling.stream().map(number).toList());
    }

    /** One number for all channels, or a list. */
    static String text(List<Double> numbers) {
        List<String> texts = numbers.stream().map(DecimalText::fraction).toList();
        return texts.stream().distinct().count() == 1 ? texts.getFirst() : texts.toString();
    }
}
