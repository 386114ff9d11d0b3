package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Neighbours;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.PaddedChannels;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Local response normalisation, as one operator, or as PyTorch spells it out:
 * {@code x / (avg_pool3d(pad(x * x)) * alpha + k) ^ beta}.
 */
final class ResponseNorms {

    private ResponseNorms() {}

    static OnnxResult ofOperator(OnnxStep step) throws CannotImportException {
        Activations input = step.activations(0);
        if (input.layout().channelAxis() != 1) {
            throw new CannotImportException("it reads " + step.sizes(input) + ", whose channels are not second", "");
        }
        return step.add(norm(step.integer("size", 0), Roots.shortest(step.number("alpha", 1e-4f)),
                Roots.shortest(step.number("beta", 0.75f)), Roots.shortest(step.number("bias", 1))), input);
    }

    private static ResponseNorm norm(long size, double alpha, double beta, double bias) throws CannotImportException {
        if (size < 1 || size > ResponseNorm.LARGEST_SIZE || alpha < 0 || beta < 0 || !(bias > 0)) {
            throw new CannotImportException("its size is " + size + ", its alpha " + alpha + ", its beta " + beta
                    + " and its bias " + bias,
                    "known are sizes of 1 to " + ResponseNorm.LARGEST_SIZE
                            + " and no negative numbers");
        }
        return new ResponseNorm((int) size, alpha, beta, bias);
    }

    /** The mean under a window that slides along the channels; with as many of them before as ONNX's operator has. */
    static OnnxResult pooled(OnnxStep step, PaddedChannels padded) throws CannotImportException {
        int axes = padded.inner().layout().rank() - 2;
        List<Long> kernel = step.integers("kernel_shape").orElse(List.of());
        int size = padded.before() + padded.after() + 1;
        List<Long> wanted = new ArrayList<>(Collections.nCopies(axes, 1L));
        wanted.set(padded.inner().layout().channelAxis() - 2, (long) size);
        boolean isPlain = step.integers("strides").orElse(List.of()).stream().allMatch(stride -> stride == 1)
                && step.integers("pads").orElse(List.of()).stream().allMatch(pad -> pad == 0)
                && step.integers("dilations").orElse(List.of()).stream().allMatch(gap -> gap == 1)
                && List.of("NOTSET", "VALID", "").contains(step.text("auto_pad", ""));
        if (!kernel.equals(wanted) || !isPlain || padded.before() != (size - 1) / 2) {
            throw new CannotImportException("its window of " + kernel + " slides along channels padded by "
                    + padded.before() + " and " + padded.after(),
                    "only that of a local response norm does so, of an odd size, or with the larger half behind");
        }
        return new Neighbours(padded.inner(), size, 1, 0, OptionalDouble.empty());
    }

    static OnnxResult multiplied(OnnxStep step) throws CannotImportException, InvalidInputException {
        int index = step.input(0) instanceof Neighbours ? 0 : 1;
        Neighbours sum = linear(step, index);
        double factor = Roots.shortest(step.scalar(1 - index, "factors").orElseThrow());
        return new Neighbours(sum.inner(), sum.size(), sum.alpha() * factor, sum.bias() * factor, sum.exponent());
    }

    static OnnxResult added(OnnxStep step) throws CannotImportException, InvalidInputException {
        int index = step.input(0) instanceof Neighbours ? 0 : 1;
        Neighbours sum = linear(step, index);
        double summand = Roots.shortest(step.scalar(1 - index, "summands").orElseThrow());
        return new Neighbours(sum.inner(), sum.size(), sum.alpha(), sum.bias() + summand, sum.exponent());
    }

    private static Neighbours linear(OnnxStep step, int index) throws CannotImportException {
        if (step.input(index) instanceof Neighbours sum && sum.exponent().isEmpty()
                && step.input(1 - index) instanceof Floats) {
            return sum;
        }
        throw new CannotImportException("it computes with what is only a part of a local response norm", "");
    }

    static OnnxResult power(OnnxStep step, Neighbours sum) throws CannotImportException, InvalidInputException {
        if (sum.exponent().isPresent()) {
            throw new CannotImportException("it raises a power", "");
        }
        return new Neighbours(sum.inner(), sum.size(), sum.alpha(), sum.bias(),
                OptionalDouble.of(Roots.shortest(step.scalar(1, "exponents").orElse(1f))));
    }

    static OnnxResult divided(OnnxStep step, Neighbours sum) throws CannotImportException {
        Activations x = step.activations(0);
        Node squares = sum.inner().node();
        boolean isOfX = squares.op() instanceof Multiply
                && squares.inputs().stream().allMatch(factor -> NormParts.isSame(factor, x.node(), 2))
                && squares.inputs().size() == 2 && sum.inner().layout().equals(x.layout());
        if (!isOfX) {
            throw new CannotImportException("it divides by the squares of something else", "");
        }
        return step.add(norm(sum.size(), sum.alpha(), sum.exponent().orElse(1), sum.bias()), x);
    }
}
