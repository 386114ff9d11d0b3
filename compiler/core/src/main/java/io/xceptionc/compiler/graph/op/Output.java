package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.runtime.ModelOutput;
import java.util.List;

/**
 * Hands a result to the caller: {@code x -> x}, NHWC, float32.
 *
 * @param name what the caller calls it, {@value ModelOutput#UNNAMED} where the spec does not say
 */
public record Output(String name) implements StandaloneOp {

    /** One that the spec does not name. */
    public static final Output UNNAMED = new Output(ModelOutput.UNNAMED);

    @Override
    public String keyword() {
        return "output";
    }

    /** The name of its node: no layer can have it. */
    public String nodeName() {
        return name.equals(ModelOutput.UNNAMED) ? name : keyword() + "@" + name;
    }

    @Override
    public String details() {
        return "";
    }

    @Override
    public TensorType outputType(List<TensorType> inputs) {
        return ShapeRules.single(inputs);
    }
}
