package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Neighbours;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.SpreadGroups;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Norms by what values are together. */
final class NormOperators {

    static final Map<String, Translation> ALL = Map.ofEntries(
            Map.entry("LayerNormalization", step -> layerNorm(step, true)),
            Map.entry("RMSNormalization", step -> layerNorm(step, false)),
            Map.entry("GroupNormalization", NormOperators::groupNorm),
            Map.entry("InstanceNormalization", NormOperators::instanceNorm),
            Map.entry("LRN", ResponseNorms::ofOperator), Map.entry("LpNormalization", NormOperators::lengthNorm),
            Map.entry("ReduceL2", Roots::length), Map.entry("ReduceSumSquare", Roots::sumOfSquares),
            Map.entry("Sqrt", Roots::root), Map.entry("Reciprocal", Roots::reciprocal),
            Map.entry("Pow", step -> step.input(0) instanceof Neighbours sum
                    ? ResponseNorms.power(step, sum)
                    : Roots.power(step)));

    private static final double SHORTEST = 1e-18;

    private NormOperators() {}

    /** Over the last axes, from one on: the channels of a pixel, or all of an image. */
    private static OnnxResult layerNorm(OnnxStep step, boolean isCentred)
            throws CannotImportException, InvalidInputException {
        Activations input = step.activations(0);
        List<Integer> sizes = step.sizes(input);
        int first = OnnxStep.axis(step.integer("axis", -1), sizes.size());
        if (step.node().outputs().stream().skip(1).anyMatch(name -> !name.isEmpty())) {
            throw new CannotImportException("it yields means and deviations, too", "");
        }
        List<Integer> axes = IntStream.range(first, sizes.size()).filter(axis -> sizes.get(axis) > 1).boxed().toList();
        double epsilon = epsilon(step);
        if (axes.equals(List.of(input.layout().channelAxis()))
                || (axes.isEmpty() && input.type().channels() == 1 && first <= input.layout().channelAxis())) {
            return step.add(new LayerNorm(isCentred, weights(step, input.type().channels(), 1, true), epsilon), input);
        }
        if (isCentred && first == 1 && input.layout().axes().charAt(0) == 'N') {
            long places = input.type().elementCount();
            GammaBeta weights = weights(step, input.type().channels(), places / input.type().channels(),
                    input.layout().channelAxis() == sizes.size() - 1);
            return step.add(new GroupNorm(OptionalInt.of(1), weights, epsilon), input);
        }
        throw new CannotImportException("it normalises the axes from " + first + " on of " + sizes,
                "only the channels of each pixel are known, or all of an image");
    }

    /** Of each channel; those for each number of an image must be the same for all pixels. */
    private static GammaBeta weights(OnnxStep step, int channels, long pixels, boolean areChannelsLast)
            throws CannotImportException, InvalidInputException {
        return new GammaBeta(weight(step, 1, TensorRole.GAMMA, channels, pixels, areChannelsLast),
                weight(step, 2, TensorRole.BETA, channels, pixels, areChannelsLast));
    }

    private static Optional<Tensor> weight(OnnxStep step, int index, TensorRole role, int channels, long pixels,
            boolean areChannelsLast) throws CannotImportException, InvalidInputException {
        if (!step.has(index)) {
            return Optional.empty();
        }
        Floats values = step.floats(index, "weights");
        if (values.count() == channels) {
            return withoutEffect(values, role)
                    ? Optional.empty()
                    : Optional.of(step.context().tensors().vector(values, role));
        }
        if (values.count() != channels * pixels) {
            throw new CannotImportException("it has " + values.count() + " weights for " + channels + " channels", "");
        }
        float[] numbers = values.source().read();
        float[] ofChannels = new float[channels];
        for (int i = 0; i < numbers.length; i++) {
            int channel = (int) (areChannelsLast ? i % channels : i / pixels);
            boolean isFirst = areChannelsLast ? i < channels : i % pixels == 0;
            ofChannels[channel] = isFirst ? numbers[i] : ofChannels[channel];
            if (numbers[i] != ofChannels[channel]) {
                throw new CannotImportException("it has other weights for each pixel",
                        "only one number for each channel is known");
            }
        }
        return given(step, new Floats(values.name() + " of channels", List.of(channels), ofChannels::clone), role);
    }

    private static Optional<Tensor> given(OnnxStep step, Floats values, TensorRole role)
            throws CannotImportException, InvalidInputException {
        return withoutEffect(values, role)
                ? Optional.empty()
                : Optional.of(step.context().tensors().vector(values, role));
    }

    /** Factors of one and summands of zero, which models have where nothing was trained. */
    private static boolean withoutEffect(Floats values, TensorRole role) throws InvalidInputException {
        float none = role == TensorRole.GAMMA ? 1 : 0;
        for (float number : values.source().read()) {
            if (number != none) {
                return false;
            }
        }
        return true;
    }

    private static double epsilon(OnnxStep step) throws CannotImportException {
        float epsilon = step.number("epsilon", 1e-5f);
        if (!(epsilon >= 1e-12f && epsilon <= 1)) {
            throw new CannotImportException("its epsilon is " + epsilon, "known are epsilons of 1e-12 to 1");
        }
        return Roots.shortest(epsilon);
    }

    /** The weights are those of groups before opset 21, and then of channels. */
    private static OnnxResult groupNorm(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = secondAreChannels(step);
        long groups = step.integer("num_groups", 0);
        int channels = input.type().channels();
        if (groups < 1 || channels % groups != 0) {
            throw new CannotImportException("it has " + groups + " groups, its input " + channels + " channels", "");
        }
        return step.add(groupNorm(step, (int) groups, channels), input);
    }

    private static GroupNorm groupNorm(OnnxStep step, int groups, int channels)
            throws CannotImportException, InvalidInputException {
        GammaBeta weights = new GammaBeta(ofGroups(step, 1, TensorRole.GAMMA, groups, channels),
                ofGroups(step, 2, TensorRole.BETA, groups, channels));
        return new GroupNorm(groups == channels && groups > 1 ? OptionalInt.empty() : OptionalInt.of(groups), weights,
                epsilon(step));
    }

    private static Optional<Tensor> ofGroups(OnnxStep step, int index, TensorRole role, int groups, int channels)
            throws CannotImportException, InvalidInputException {
        Floats values = step.floats(index, "weights");
        if (values.count() == groups && groups != channels) {
            float[] numbers = values.source().read();
            float[] repeated = new float[channels];
            IntStream.range(0, channels).forEach(c -> repeated[c] = numbers[c / (channels / groups)]);
            return given(step, new Floats(values.name() + " of channels", List.of(channels), repeated::clone), role);
        }
        return weight(step, index, role, channels, 1, true);
    }

    private static Activations secondAreChannels(OnnxStep step) throws CannotImportException {
        Activations input = step.activations(0);
        if (input.layout().channelAxis() != 1) {
            throw new CannotImportException("it reads " + step.sizes(input) + ", whose channels are not second", "");
        }
        return input;
    }

    private static OnnxResult instanceNorm(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (step.input(0) instanceof SpreadGroups(Activations inner, int groups)) {
            return new SpreadGroups(step.add(groupNorm(step, groups, inner.type().channels()), inner), groups);
        }
        Activations input = secondAreChannels(step);
        return step.add(new GroupNorm(OptionalInt.empty(), weights(step, input.type().channels(), 1, true),
                epsilon(step)), input);
    }

    private static OnnxResult lengthNorm(OnnxStep step) throws CannotImportException {
        Activations input = step.activations(0);
        int axis = OnnxStep.axis(step.integer("axis", -1), input.layout().rank());
        if (step.integer("p", 2) != 2 || axis != input.layout().channelAxis()) {
            throw new CannotImportException("it normalises axis " + axis + " of " + step.sizes(input) + " by p = "
                    + step.integer("p", 2), "only channels and p = 2 are known, l2_norm");
        }
        return step.add(new L2Norm(SHORTEST), input);
    }
}
