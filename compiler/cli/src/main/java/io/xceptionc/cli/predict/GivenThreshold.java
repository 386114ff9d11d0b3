package io.xceptionc.cli.predict;

import io.xceptionc.cli.console.OutputText;
import io.xceptionc.cli.option.UsageException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.PixelRule;
import java.util.List;

/** A bound of the user's, from where on a pixel of one channel is of class 1. */
public final class GivenThreshold {

    private GivenThreshold() {}

    /**
     * A model's signature with a bound in place of its own, for all images of one channel that have one.
     *
     * @throws UsageException if it is no finite number, or there is no such image
     */
    public static ModelSignature of(String given, ModelSignature signature) throws UsageException {
        PixelRule rule = rule(given);
        List<ModelOutput> outputs = signature.outputs().stream().filter(output -> output
                .kind() == ModelOutput.Kind.IMAGE && output.pixels() instanceof PixelRule.AtLeast).toList();
        if (outputs.isEmpty()) {
            throw new UsageException("model '" + signature.name() + "' yields " + OutputText.shapes(signature)
                    + ", no image of one channel with a bound; leave --threshold out");
        }
        ModelSignature changed = signature;
        for (ModelOutput output : outputs) {
            changed = changed.withOutput(output.withPixels(rule));
        }
        return changed;
    }

    private static PixelRule rule(String given) throws UsageException {
        try {
            return new PixelRule.AtLeast(Float.parseFloat(given));
        } catch (IllegalArgumentException _) {
            throw new UsageException("--threshold is a finite number, not " + Quotation.of(given));
        }
    }
}
