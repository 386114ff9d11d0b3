package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.foreign.UsualPictures;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling.Linear;
import io.xceptionc.compiler.spec.Spec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What another tool's model does not say of how a picture becomes an array, and what is taken for it.
 *
 * @param unknown what is not in the file, in words
 * @param taken what is taken for it
 * @param hint what networks like this one often want; empty if nothing is known
 */
public record PictureGuess(String unknown, String taken, String hint) {

    private static final int COLORS = 3;

    private static final String RESIZED = "resized as by Pillow's bilinear";

    private static final String IMAGENET = "networks of torchvision and timm mostly want"
            + " --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225";

    private static final String UNSMOOTHED = "TensorFlow and OpenCV resize as --resize plain_bilinear";

    private static final Pattern SCALES = Pattern.compile("(?:^|, )(scale|offset|mean|std):");

    /** Of a network whose input may be a picture. */
    static PictureGuess of(ForeignNetwork foreign) {
        boolean isOfKeras = foreign.convention() == NamingConvention.KERAS;
        boolean isColored = foreign.graph().input().type().channels() == COLORS;
        if (foreign.pictures().isPresent()) {
            return new PictureGuess("how a picture is brought to the size of the input",
                    "what Pillow's bilinear does", isOfKeras ? UNSMOOTHED : "");
        }
        String scaled = foreign.usual().map(usual -> usual.words() + ", as " + usual.family() + " does")
                .orElse((isColored ? "RGB, " : "grey, ")
                        + (foreign.scaling().isOfLevels() ? "x as it is, 0 to 255" : "x / 255"));
        return new PictureGuess("how a picture becomes an input", scaled + ", " + RESIZED,
                isOfKeras
                        ? UNSMOOTHED
                        : isColored && foreign.scaling().isNone() && foreign.origin().contains("pytorch")
                                ? IMAGENET
                                : "");
    }

    /** How a network takes pictures by its file, or likely does; empty if nothing tells. */
    static Optional<Pictures> pictures(ForeignNetwork foreign) {
        return foreign.pictures().or(() -> foreign.usual().map(UsualPictures::pictures))
                .or(() -> foreign.scaling().isNone()
                        ? Optional.empty()
                        : Optional.of(foreign.scaling().likelyPictures()));
    }

    /**
     * How a network takes pictures by what its user says; what that leaves open, stays as it likely is.
     *
     * @param options keys of a spec's input with their values
     */
    static Pictures pictures(String options, TensorType input, Optional<Pictures> likely)
            throws InvalidInputException {
        Pictures given = parsed(options, input);
        if (likely.isEmpty()) {
            return given;
        }
        Pictures otherwise = likely.get();
        boolean resizes = options.contains("resize:");
        return new Pictures(resizes ? given.method() : otherwise.method(),
                resizes ? given.shorterSide() : otherwise.shorterSide(),
                resizes ? given.letterbox() : otherwise.letterbox(),
                options.contains("color:") ? given.color() : otherwise.color(),
                SCALES.matcher(options).find() ? scaled(options, input, otherwise).scaling() : otherwise.scaling());
    }

    /** An offset alone comes after the scale that is likely. */
    private static Pictures scaled(String options, TensorType input, Pictures otherwise) throws InvalidInputException {
        boolean isWhole = options.contains("scale:") || options.contains("mean:") || options.contains("std:");
        String scale = otherwise.scaling().getFirst() instanceof Linear linear ? ", scale: " + linear.scale() : "";
        return parsed(isWhole ? options : options + scale, input);
    }

    private static Pictures parsed(String options, TensorType input) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Spec> spec = SpecParser.parse("options", "model: m\ninput: {shape: " + input.dimensions() + ", "
                + options + "}\nlayers: [relu]\n", diagnostics);
        diagnostics.throwIfErrors();
        return spec.flatMap(parsed -> parsed.input().pictures()).orElseThrow(() -> new InvalidInputException(
                new Diagnostic(DiagnosticCode.E105, SourceSpan.ofFile("options"),
                        "an input with " + input.channels() + " channels takes no pictures", "leave the options out")));
    }
}
