package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.util.List;

/**
 * A tensor that a network needs.
 *
 * @param layer the layer's name, without the mark of a repetition
 * @param role what it is to the layer
 * @param shape its shape in the canonical layout of the role
 * @param span the layer's place in the spec
 */
public record WantedTensor(String layer, TensorRole role, List<Integer> shape, SourceSpan span) {

    public WantedTensor {
        shape = List.copyOf(shape);
    }

    /** Its name in the files of a convention. */
    public String name(NamingConvention convention) {
        return convention.tensorName(layer, role);
    }

    /** Its shape in the files of a convention. */
    public List<Integer> fileShape(NamingConvention convention) {
        return new FileLayout(convention, role).fileShape(shape);
    }
}
