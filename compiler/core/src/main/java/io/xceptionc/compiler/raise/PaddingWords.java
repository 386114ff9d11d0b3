package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.Description;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The words for the padding of an operator's layers. Where several are true: with Keras' names {@code same}, with
 * PyTorch's a number, unless {@code same} is one word for several.
 */
final class PaddingWords {

    private static final PaddingRule SAME = new PaddingRule.Same();
    private static final PaddingRule VALID = Description.sides(Padding.NONE);

    /** A window and the image that it slides over. */
    record Place(Window window, TensorType image) {

        private boolean isSame() {
            return window.padding().equals(Padding.same(image.height(), image.width(), window));
        }

        /** Whether both words mean the same, whatever the size of the image. */
        private boolean isPointwise() {
            return window.extentHeight() == 1 && window.extentWidth() == 1 && window.padding().equals(Padding.NONE);
        }
    }

    private final boolean prefersSame;
    private final PaddingRule pointwise;

    /** Of all places of an operator. */
    PaddingWords(NamingConvention convention, List<Place> places) {
        List<Place> wide = places.stream().filter(place -> !place.isPointwise()).toList();
        Set<Padding> paddings = new HashSet<>();
        wide.forEach(place -> paddings.add(place.window.padding()));
        boolean isOneWord = paddings.size() > 1 && wide.stream().allMatch(
                place -> place.isSame() && place.window.strideHeight() == 1 && place.window.strideWidth() == 1);
        prefersSame = convention == NamingConvention.KERAS || isOneWord;
        long sameCount = wide.stream().filter(place -> word(place).equals(SAME)).count();
        pointwise = 2 * sameCount > wide.size() ? SAME : VALID;
    }

    /** The padding at one of the places. */
    PaddingRule at(Window window, TensorType image) {
        Place place = new Place(window, image);
        return place.isPointwise() ? pointwise : word(place);
    }

    private PaddingRule word(Place place) {
        Padding padding = place.window.padding();
        boolean isSymmetric = padding.top() == padding.bottom() && padding.left() == padding.right();
        if (padding.equals(Padding.NONE)) {
            return VALID;
        }
        return place.isSame() && (prefersSame || !isSymmetric) ? SAME : Description.sides(padding);
    }
}
