package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.weights.FileLayout;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.List;

/**
 * A tensor of a file that is one of the network's.
 *
 * @param wanted the network's
 * @param tensor the file's
 * @param how by what it was found
 */
public record Binding(WantedTensor wanted, TensorInfo tensor, MatchedBy how) {

    /** Whether the shapes agree, if the file's layouts are those of a convention. */
    boolean fits(NamingConvention convention) {
        return fits(wanted, tensor, convention);
    }

    /** Whether a tensor of a file has the shape of one of the network's. */
    static boolean fits(WantedTensor wanted, TensorInfo tensor, NamingConvention convention) {
        List<Long> shape = wanted.role() == TensorRole.SLOPE ? withoutPixels(tensor.shape()) : tensor.shape();
        return shape.equals(new FileLayout(convention, wanted.role()).fileShape(wanted.shape()).stream()
                .map(Integer::longValue).toList());
    }

    /** Keras has slopes of images as {@code [1, 1, channels]}. */
    private static List<Long> withoutPixels(List<Long> shape) {
        return shape.size() > 1 && shape.getFirst() == 1 ? withoutPixels(shape.subList(1, shape.size())) : shape;
    }
}
