package io.xceptionc.cli.predict;

import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.PixelRule;
import java.util.ArrayList;
import java.util.List;

/** What people have to know to read the shares of an image, and how to see the image itself. */
public final class ImageHints {

    private ImageHints() {}

    /**
     * A line for each that there is to say.
     *
     * @param written whether the images' values or masks are written to files
     */
    public static List<String> of(ModelSignature signature, boolean written) {
        List<String> lines = new ArrayList<>();
        for (ModelOutput output : signature.outputs()) {
            if (output.kind() == ModelOutput.Kind.IMAGE) {
                String name = signature.hasOneOutput() ? "the output" : "output '" + output.name() + "'";
                if (output.pixels() instanceof PixelRule.AtLeast(float threshold)) {
                    lines.add(name + " has one channel: a pixel is of class 1 where it is " + threshold + " or more, "
                            + reason(output) + "; --threshold X takes another bound");
                }
                if (!written) {
                    lines.add(name + " is an image, " + output.shape() + ", of which the table has the share of each"
                            + " class; --masks DIR writes it as pictures, --output OUT.npz its values");
                }
            }
        }
        return lines;
    }

    private static String reason(ModelOutput output) {
        if (output.pixels().equals(PixelRule.PROBABILITY)) {
            return "as for a probability";
        }
        return output.pixels().equals(PixelRule.LOGIT)
                ? "as for a logit, since the network ends in no function that keeps it above 0"
                : "as asked for";
    }
}
