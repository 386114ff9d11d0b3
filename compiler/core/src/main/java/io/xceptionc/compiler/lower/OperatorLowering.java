package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.language.LayerAttributes;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.Weights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes of an operator's keyword and attributes the operator, with its weights. */
final class OperatorLowering {

    private final NamingConvention convention;
    private final LayerTensors tensors;

    OperatorLowering(NamingConvention convention, Weights weights) {
        this.convention = convention;
        this.tensors = new LayerTensors(weights);
    }

    /**
     * The operator of a layer.
     *
     * @param arguments complete
     * @param layer the name that its weights have
     * @param inputs what it reads
     * @throws ShapeException if it does not fit its inputs
     */
    Op lower(Operator operator, LayerArguments arguments, String layer, List<TensorType> inputs) {
        TensorType input = inputs.getFirst();
        ConvolutionLowering convolution =
                new ConvolutionLowering(arguments, tensors.of(layer, arguments.span()), input);
        return switch (operator) {
            case CONV2D -> convolution.conv2d();
            case DEPTHWISE_CONV2D -> convolution.depthwiseConv2d();
            case SEPARABLE_CONV2D -> convolution.separableConv2d();
            case DENSE -> convolution.dense();
            case BATCH_NORM -> batchNorm(arguments, tensors.of(layer, arguments.span()), input.channels());
            case RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> activation(operator, 0);
            case LEAKY_RELU -> activation(operator, arguments.get(LayerAttributes.SLOPE));
            case ELU -> activation(operator, arguments.get(LayerAttributes.ALPHA));
            case SOFTMAX -> new Softmax();
            case MAX_POOL2D -> new Pool2d(Reduction.MAX, poolWindow(arguments, input), false);
            case AVG_POOL2D -> new Pool2d(Reduction.MEAN, poolWindow(arguments, input),
                    arguments.get(LayerAttributes.COUNT_PADDING));
            case GLOBAL_AVG_POOL2D -> new GlobalPool2d(Reduction.MEAN, arguments.get(LayerAttributes.KEEP_DIMENSIONS));
            case GLOBAL_MAX_POOL2D -> new GlobalPool2d(Reduction.MAX, arguments.get(LayerAttributes.KEEP_DIMENSIONS));
            case ADD -> new Add();
            case CONCAT -> concat(inputs);
            case FLATTEN -> new Flatten(convention.flattensChannelsFirst());
            case ZERO_PAD2D -> new ZeroPad2d(Windows.padding(arguments.get(LayerAttributes.ZERO_PADDING)));
            case DROPOUT -> new Dropout();
        };
    }

    /** The function that {@code activation} names; empty if it is none. */
    static Optional<Op> activation(String word) {
        if (word.equals("none")) {
            return Optional.empty();
        }
        Operator operator = Operator.of(word).orElseThrow();
        return Optional.of(switch (operator) {
            case SOFTMAX -> new Softmax();
            case LEAKY_RELU -> activation(operator, LayerAttributes.SLOPE.defaultValue().orElseThrow());
            case ELU -> activation(operator, LayerAttributes.ALPHA.defaultValue().orElseThrow());
            case RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> activation(operator, 0);
            case CONV2D, DEPTHWISE_CONV2D, SEPARABLE_CONV2D, DENSE, BATCH_NORM, MAX_POOL2D, AVG_POOL2D,
                    GLOBAL_AVG_POOL2D, GLOBAL_MAX_POOL2D, ADD,
                    CONCAT, FLATTEN, ZERO_PAD2D, DROPOUT -> throw new IllegalStateException(word + " is no activation");
        });
    }

    private static Activate activation(Operator operator, double parameter) {
        return new Activate(
                new Activation(Activation.Kind.valueOf(operator.word().toUpperCase(Locale.ROOT)), (float) parameter));
    }

    private BatchNorm batchNorm(LayerArguments arguments, LayerTensors.OfLayer own, int channels) {
        Optional<Tensor> gamma = own.vectorIf(arguments.get(LayerAttributes.SCALE), TensorRole.GAMMA, channels);
        Optional<Tensor> beta = own.vectorIf(arguments.get(LayerAttributes.CENTER), TensorRole.BETA, channels);
        return new BatchNorm(gamma, beta, own.tensor(TensorRole.MOVING_MEAN, channels),
                own.tensor(TensorRole.MOVING_VARIANCE, channels),
                arguments.find(LayerAttributes.EPSILON).orElse(convention.defaultEpsilon()));
    }

    private static Window poolWindow(LayerArguments arguments, TensorType input) {
        Pair kernel = arguments.get(LayerAttributes.KERNEL);
        Pair stride = arguments.find(LayerAttributes.POOL_STRIDE).orElse(kernel);
        return Windows.window(kernel, stride, new Pair(1, 1), arguments.get(LayerAttributes.PADDING), input);
    }

    /** The join of values whose channels are not too many. */
    static Concat concat(List<TensorType> inputs) {
        long channels = inputs.stream().mapToLong(TensorType::channels).sum();
        if (channels > TensorType.LARGEST_ELEMENT_COUNT) {
            throw new ShapeException(DiagnosticCode.E205,
                    "yields " + channels + " channels, more than " + TensorType.LARGEST_ELEMENT_COUNT,
                    "join fewer channels");
        }
        return new Concat();
    }
}
