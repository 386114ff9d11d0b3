package io.xceptionc.compiler.language;

import static io.xceptionc.compiler.language.LayerAttributes.ACTIVATION;
import static io.xceptionc.compiler.language.LayerAttributes.ALPHA;
import static io.xceptionc.compiler.language.LayerAttributes.BIAS;
import static io.xceptionc.compiler.language.LayerAttributes.CENTER;
import static io.xceptionc.compiler.language.LayerAttributes.COUNT_PADDING;
import static io.xceptionc.compiler.language.LayerAttributes.DILATION;
import static io.xceptionc.compiler.language.LayerAttributes.EPSILON;
import static io.xceptionc.compiler.language.LayerAttributes.FILTERS;
import static io.xceptionc.compiler.language.LayerAttributes.GROUPS;
import static io.xceptionc.compiler.language.LayerAttributes.INPUT;
import static io.xceptionc.compiler.language.LayerAttributes.INPUTS;
import static io.xceptionc.compiler.language.LayerAttributes.KEEP_DIMENSIONS;
import static io.xceptionc.compiler.language.LayerAttributes.KERNEL;
import static io.xceptionc.compiler.language.LayerAttributes.MULTIPLIER;
import static io.xceptionc.compiler.language.LayerAttributes.NAME;
import static io.xceptionc.compiler.language.LayerAttributes.PADDING;
import static io.xceptionc.compiler.language.LayerAttributes.POOL_STRIDE;
import static io.xceptionc.compiler.language.LayerAttributes.RATE;
import static io.xceptionc.compiler.language.LayerAttributes.SCALE;
import static io.xceptionc.compiler.language.LayerAttributes.SLOPE;
import static io.xceptionc.compiler.language.LayerAttributes.STRIDE;
import static io.xceptionc.compiler.language.LayerAttributes.UNITS;
import static io.xceptionc.compiler.language.LayerAttributes.ZERO_PADDING;

import io.xceptionc.compiler.language.attribute.Attribute;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keywords of operators. */
public enum Operator implements Keyword {
    /** {@code conv2d}. */
    CONV2D("Convolution.", INPUT, FILTERS, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS, ACTIVATION),
    /** {@code depthwise_conv2d}. */
    DEPTHWISE_CONV2D("A small convolution of each channel by itself.", INPUT, KERNEL, STRIDE, PADDING, DILATION,
            MULTIPLIER, BIAS, ACTIVATION),
    /** {@code separable_conv2d}. */
    SEPARABLE_CONV2D("Depthwise, then 1x1 convolution, with nothing between them.", INPUT, FILTERS, KERNEL, STRIDE,
            PADDING, DILATION, MULTIPLIER, BIAS,
            ACTIVATION),
    /** {@code batch_norm}. */
    BATCH_NORM("Batch normalisation with the statistics of the training.", INPUT, EPSILON, SCALE, CENTER),
    /** {@code relu}. */
    RELU("max(x, 0).", INPUT),
    /** {@code relu6}. */
    RELU6("min(max(x, 0), 6).", INPUT),
    /** {@code leaky_relu}. */
    LEAKY_RELU("x, or slope * x where x < 0.", INPUT, SLOPE),
    /** {@code elu}. */
    ELU("x, or alpha * (exp(x) - 1) where x < 0.", INPUT, ALPHA),
    /** {@code sigmoid}. */
    SIGMOID("1 / (1 + exp(-x)).", INPUT),
    /** {@code tanh}. */
    TANH("Hyperbolic tangent.", INPUT),
    /** {@code hard_sigmoid}. */
    HARD_SIGMOID("min(max(x / 6 + 1/2, 0), 1).", INPUT),
    /** {@code hard_swish}. */
    HARD_SWISH("x * hard_sigmoid(x).", INPUT),
    /** {@code swish}. */
    SWISH("x * sigmoid(x), also called SiLU.", INPUT),
    /** {@code gelu}. */
    GELU("x / 2 * (1 + erf(x / sqrt(2))), the exact form.", INPUT),
    /** {@code softplus}. */
    SOFTPLUS("log(1 + exp(x)).", INPUT),
    /** {@code softmax}. */
    SOFTMAX("Probabilities over the channels.", INPUT),
    /** {@code max_pool2d}. */
    MAX_POOL2D("Maximum under a window.", INPUT, KERNEL, POOL_STRIDE, PADDING),
    /** {@code avg_pool2d}. */
    AVG_POOL2D("Mean under a window.", INPUT, KERNEL, POOL_STRIDE, PADDING, COUNT_PADDING),
    /** {@code global_avg_pool2d}. */
    GLOBAL_AVG_POOL2D("Mean of each channel, a vector.", INPUT, KEEP_DIMENSIONS),
    /** {@code global_max_pool2d}. */
    GLOBAL_MAX_POOL2D("Maximum of each channel, a vector.", INPUT, KEEP_DIMENSIONS),
    /** {@code dense}. */
    DENSE("Fully connected layer on a vector.", INPUT, UNITS, BIAS, ACTIVATION),
    /** {@code add}. */
    ADD("Sum of earlier layers of one shape.", INPUTS),
    /** {@code concat}. */
    CONCAT("Channels of earlier layers one after another.", INPUTS),
    /** {@code flatten}. */
    FLATTEN("An image as a vector: height, width, channels with keras weights; channels, height, width with pytorch.",
            INPUT),
    /** {@code zero_pad2d}. */
    ZERO_PAD2D("Zeros around an image.", INPUT, ZERO_PADDING),
    /** {@code dropout}. */
    DROPOUT("Dropout; it does nothing when a picture is classified.", INPUT, RATE);

    private final String description;
    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of immutable records
    private final List<Attribute<?>> attributes;

    Operator(String description, Attribute<?>... attributes) {
        this.description = description;
        this.attributes = Stream.concat(Stream.of(NAME), Arrays.stream(attributes))
                .<Attribute<?>>map(attribute -> attribute).toList();
    }

    /** The operator of a word. */
    public static Optional<Operator> of(String word) {
        return Arrays.stream(values()).filter(operator -> operator.word().equals(word)).findFirst();
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Attribute<?>> attributes() {
        return attributes;
    }
}
