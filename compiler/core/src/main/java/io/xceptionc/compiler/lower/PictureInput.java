package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.spec.InputSpec.Scaling;
import io.xceptionc.runtime.image.ArrayScaling;
import io.xceptionc.runtime.image.ChannelScaling;
import io.xceptionc.runtime.image.Channels;
import io.xceptionc.runtime.image.Interpolation;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.image.Resize;
import java.util.Locale;
import java.util.Optional;

/** Says to the runtime how a picture becomes an array, and an array a network's input. */
public final class PictureInput {

    private PictureInput() {}

    /** The preprocessing; empty for a network that takes no pictures, by its channels or because it is too large. */
    public static Optional<Preprocessing> of(LoweredNetwork network) {
        TensorType input = network.graph().input().type();
        return Math.max(input.height(), input.width()) > Preprocessing.MAXIMUM_SIDE
                ? Optional.empty()
                : network.spec().input().pictures().map(pictures -> preprocessing(pictures, input));
    }

    /** What is computed of an array before the network sees it. */
    public static ArrayScaling ofArrays(LoweredNetwork network) {
        return new ArrayScaling(network.spec().input().arrays().stream().map(scaling -> switch (scaling) {
            case Scaling.Linear(double factor, double offset) -> new ChannelScaling(factor, offset);
            case Scaling.Standardised standardised -> scaling(standardised);
        }).toList());
    }

    private static Preprocessing preprocessing(Pictures pictures, TensorType input) {
        return new Preprocessing(input.height(), input.width(),
                Channels.valueOf(pictures.color().toUpperCase(Locale.ROOT)), resize(pictures),
                Interpolation.valueOf(pictures.method().toUpperCase(Locale.ROOT)),
                pictures.scaling().stream().map(PictureInput::scaling).toList());
    }

    private static Resize resize(Pictures pictures) {
        if (pictures.letterbox().isPresent()) {
            return new Resize.Letterbox(pictures.letterbox().getAsInt());
        }
        return pictures.shorterSide().isPresent()
                ? new Resize.ShorterSide(pictures.shorterSide().getAsInt())
                : new Resize.Exact();
    }

    private static ChannelScaling scaling(Scaling scaling) {
        return switch (scaling) {
            case Scaling.Linear(double factor, double offset) -> new ChannelScaling((float) factor, (float) offset);
            case Scaling.Standardised(double mean, double deviation) ->
                    ChannelScaling.ofMeanAndDeviation(mean, deviation);
        };
    }
}
