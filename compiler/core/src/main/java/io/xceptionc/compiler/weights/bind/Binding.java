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
        List<Long> expected = new FileLayout(convention, wanted.role()).fileShape(wanted.shape()).stream()
                .map(Integer::longValue).toList();
        return shape.equals(expected)
                || (convention == NamingConvention.PYTORCH
                        && (isOfPixel(expected, shape) || isOfPixel(shape, expected)));
    }

    /**
     * Whether a kernel is one of convolutions of a pixel, and a matrix the same without that pixel: what was saved
     * before PyTorch 0.4 has those of pointwise convolutions so.
     */
    private static boolean isOfPixel(List<Long> kernel, List<Long> matrix) {
        return matrix.size() == 2 && kernel.size() == 4 && kernel.equals(List.of(matrix.get(0), matrix.get(1), 1L, 1L));
    }

    /** Keras has slopes of images as {@code [1, 1, channels]}. */
    private static List<Long> withoutPixels(List<Long> shape) {
        return shape.size() > 1 && shape.getFirst() == 1 ? withoutPixels(shape.subList(1, shape.size())) : shape;
    }
}
