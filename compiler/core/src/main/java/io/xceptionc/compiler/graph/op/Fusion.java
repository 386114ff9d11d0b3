package io.xceptionc.compiler.graph.op;

import java.util.ArrayList;
import java.util.List;

/**
 * What a convolution computes beside its sum: something of each input before, and an epilogue of each result after.
 *
 * @param rectifiesInput whether negative inputs are taken as zero
 * @param epilogue what follows the sum and its bias, in order
 */
public record Fusion(boolean rectifiesInput, List<Stage> epilogue) {

    /** Nothing fused. */
    public static final Fusion NONE = new Fusion(false, List.of());

    /** Something that becomes of a result before it goes to memory. */
    public sealed interface Stage {

        /** Adds another input, of the result's shape. */
        record AddResidual() implements Stage {}

        /** Applies a function to each element. */
        record Apply(Activation activation) implements Stage {}
    }

    public Fusion {
        epilogue = List.copyOf(epilogue);
        List<Stage> functions = epilogue.isEmpty() || !(epilogue.getFirst() instanceof Stage.AddResidual)
                ? epilogue
                : epilogue.subList(1, epilogue.size());
        if (functions.size() > 1 || functions.contains(new Stage.AddResidual())) {
            throw new IllegalArgumentException("no kernel ends with " + epilogue);
        }
    }

    /** Whether a second input is added. */
    public boolean residual() {
        return epilogue.contains(new Stage.AddResidual());
    }

    /** The function that comes last; the identity if there is none. */
    public Activation activation() {
        return !epilogue.isEmpty() && epilogue.getLast() instanceof Stage.Apply(Activation last)
                ? last
                : Activation.IDENTITY;
    }

    /** The same with negative inputs taken as zero. */
    public Fusion withRectifiedInput() {
        return new Fusion(true, epilogue);
    }

    /** The same with a residual added in the end. */
    public Fusion withResidual() {
        return then(new Stage.AddResidual());
    }

    /** The same with another function in the end, in place of the one that is there. */
    public Fusion withActivation(Activation next) {
        boolean replaces = !epilogue.isEmpty() && epilogue.getLast() instanceof Stage.Apply;
        Fusion without =
                replaces ? new Fusion(rectifiesInput, epilogue.subList(0, epilogue.size() - 1)) : this;
        return next.equals(Activation.IDENTITY) ? without : without.then(new Stage.Apply(next));
    }

    private Fusion then(Stage stage) {
        List<Stage> stages = new ArrayList<>(epilogue);
        stages.add(stage);
        return new Fusion(rectifiesInput, stages);
    }
}
