package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a convolution computes beside its sum: a prologue of each input before, and an epilogue of each result after.
 * Stages that read another value have it among the convolution's inputs, after the first, in the order of the stages.
 *
 * @param prologue what becomes of the first input before it is multiplied, in order
 * @param epilogue what follows the sum and its bias, in order
 */
public record Fusion(List<Stage> prologue, List<Stage> epilogue) {

    /** Nothing fused. */
    public static final Fusion NONE = new Fusion(List.of(), List.of());

    private static final Stage RECTIFY = new Stage.Apply(Activation.RELU);

    /** Something that becomes of each element. */
    public sealed interface Stage {

        /** How many other values it reads. */
        default int operandCount() {
            return 0;
        }

        /** The constants that it has. */
        default List<Tensor> tensors() {
            return List.of();
        }

        /** Multiplies by a constant of each channel and adds another. */
        record Scale(Affine constants) implements Stage {

            @Override
            public List<Tensor> tensors() {
                return constants.tensors();
            }
        }

        /** Multiplies by another value, which has one element for each channel, {@code [1, 1, c]} or {@code [c]}. */
        record Gate() implements Stage {

            @Override
            public int operandCount() {
                return 1;
            }
        }

        /** Adds another value, of the result's shape. */
        record AddResidual() implements Stage {

            @Override
            public int operandCount() {
                return 1;
            }
        }

        /** Applies a function to each element. */
        record Apply(Activation activation) implements Stage {}
    }

    public Fusion {
        prologue = List.copyOf(prologue);
        epilogue = List.copyOf(epilogue);
        List<Stage> rest = prologue.isEmpty() || !scales(prologue.getFirst())
                ? prologue
                : prologue.subList(1, prologue.size());
        if (!rest.isEmpty() && !rest.equals(List.of(RECTIFY))) {
            throw new IllegalArgumentException("no kernel begins with " + prologue);
        }
        List<Stage> functions = epilogue.isEmpty() || !(epilogue.getFirst() instanceof Stage.AddResidual)
                ? epilogue
                : epilogue.subList(1, epilogue.size());
        if (functions.size() > 1 || !functions.stream().allMatch(Stage.Apply.class::isInstance)) {
            throw new IllegalArgumentException("no kernel ends with " + epilogue);
        }
    }

    private static boolean scales(Stage stage) {
        return stage instanceof Stage.Scale || stage instanceof Stage.Gate;
    }

    /** What scales the first input, before it is rectified where it is. */
    public Optional<Stage> inputScaling() {
        return prologue.stream().filter(Fusion::scales).findFirst();
    }

    /** Whether negative inputs are taken as zero. */
    public boolean rectifiesInput() {
        return prologue.contains(RECTIFY);
    }

    /** Whether another input is added. */
    public boolean residual() {
        return epilogue.contains(new Stage.AddResidual());
    }

    /** The place among the inputs of what is added, if anything is. */
    public int residualIndex() {
        return 1 + operandCount(prologue);
    }

    /** How many inputs there are but for the first. */
    public int operandCount() {
        return operandCount(prologue) + operandCount(epilogue);
    }

    private static int operandCount(List<Stage> stages) {
        return stages.stream().mapToInt(Stage::operandCount).sum();
    }

    /** The function that comes last; the identity if there is none. */
    public Activation activation() {
        return !epilogue.isEmpty() && epilogue.getLast() instanceof Stage.Apply(Activation last)
                ? last
                : Activation.IDENTITY;
    }

    /** The constants of all stages. */
    public List<Tensor> tensors() {
        return Stream.concat(prologue.stream(), epilogue.stream()).flatMap(stage -> stage.tensors().stream()).toList();
    }

    /** The same with other constants, as many and as large. */
    Fusion withTensors(List<Tensor> tensors) {
        Iterator<Tensor> next = tensors.iterator();
        return new Fusion(withTensors(prologue, next), withTensors(epilogue, next));
    }

    private static List<Stage> withTensors(List<Stage> stages, Iterator<Tensor> next) {
        return stages.stream()
                .map(stage -> stage instanceof Stage.Scale
                        ? new Stage.Scale(new Affine(next.next(), next.next()))
                        : stage)
                .toList();
    }

    /** What the prologue reads must fit the first input, and what the epilogue reads the result. */
    void requireOperands(List<TensorType> inputs, TensorType result) {
        TensorType first = inputs.getFirst();
        for (Stage stage : prologue) {
            switch (stage) {
                case Stage.Scale(Affine constants) -> constants.outputType(List.of(first));
                case Stage.Gate _ -> requireGate(first, inputs.get(1));
                case Stage.AddResidual _, Stage.Apply _ -> {}
            }
        }
        if (residual()) {
            ShapeRules.requireEqual(result, inputs.get(residualIndex()));
        }
    }

    private static void requireGate(TensorType gated, TensorType gate) {
        ShapeRules.requireEqual(TensorType.image(1, 1, gated.channels()),
                TensorType.image(gate.height(), gate.width(), gate.channels()));
    }

    /** The same with negative inputs taken as zero. */
    public Fusion withRectifiedInput() {
        return rectifiesInput() ? this : new Fusion(appended(prologue, RECTIFY), epilogue);
    }

    /** The same with the first input scaled before all that becomes of it. */
    public Fusion withScaledInput(Stage scaling) {
        List<Stage> stages = new ArrayList<>(prologue);
        stages.addFirst(scaling);
        return new Fusion(stages, epilogue);
    }

    /** The same with a residual added in the end. */
    public Fusion withResidual() {
        return new Fusion(prologue, appended(epilogue, new Stage.AddResidual()));
    }

    /** The same with another function in the end, in place of the one that is there. */
    public Fusion withActivation(Activation next) {
        boolean replaces = !epilogue.isEmpty() && epilogue.getLast() instanceof Stage.Apply;
        List<Stage> without = replaces ? epilogue.subList(0, epilogue.size() - 1) : epilogue;
        return new Fusion(prologue,
                next.equals(Activation.IDENTITY) ? without : appended(without, new Stage.Apply(next)));
    }

    private static List<Stage> appended(List<Stage> stages, Stage last) {
        return Stream.concat(stages.stream(), Stream.of(last)).toList();
    }
}
