package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Affine;
import io.xceptionc.compiler.graph.op.BatchNorm;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Conv2d;
import io.xceptionc.compiler.graph.op.Convolution;
import io.xceptionc.compiler.graph.op.Dense;
import io.xceptionc.compiler.graph.op.DepthwiseConv2d;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.SeparableConv2d;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.spec.Attribute;
import io.xceptionc.compiler.spec.Default;
import io.xceptionc.compiler.spec.LayerAttributes;
import io.xceptionc.compiler.spec.Operator;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is to be said of a layer: its operator's attributes, all but names and what it reads. */
final class LayerSettings {

    private final NamingConvention convention;
    private final PaddingWords padding;
    private final TensorType input;
    private final List<Setting> settings = new ArrayList<>();

    private LayerSettings(NamingConvention convention, PaddingWords padding, TensorType input) {
        this.convention = convention;
        this.padding = padding;
        this.input = input;
    }

    /** What is to be said of each layer, in the order of the reference. */
    static Map<Layer, List<Setting>> of(List<Layer> layers, NamingConvention convention) {
        Map<Operator, List<PaddingWords.Place>> places = new EnumMap<>(Operator.class);
        for (Layer layer : layers) {
            List<PaddingWords.Place> known = places.computeIfAbsent(operator(layer), _ -> new ArrayList<>());
            window(layer.op()).ifPresent(window -> known.add(new PaddingWords.Place(window, layer.input().type())));
        }
        Map<Operator, PaddingWords> words = new EnumMap<>(Operator.class);
        places.forEach((operator, all) -> words.put(operator, new PaddingWords(convention, all)));
        Map<Layer, List<Setting>> settings = new HashMap<>();
        layers.forEach(layer -> settings.put(layer, of(layer, convention, words.get(operator(layer)))));
        return settings;
    }

    private static Optional<Window> window(Op op) {
        return switch (op) {
            case Conv2d conv -> Optional.of(conv.window());
            case DepthwiseConv2d depthwise -> Optional.of(depthwise.window());
            case SeparableConv2d separable -> Optional.of(separable.depthwise().window());
            case Pool2d pool -> Optional.of(pool.window());
            case Input _,Output _,Affine _,Add _,Concat _,Flatten _,RepeatChannels _,Dropout _,Softmax _,Dense _,BatchNorm _,Activate _,GlobalPool2d _,ZeroPad2d _ ->
                    Optional.empty();
        };
    }

    private static List<Setting> of(Layer layer, NamingConvention convention, PaddingWords padding) {
        LayerSettings found = new LayerSettings(convention, padding, layer.input().type());
        found.add(layer.op());
        if (layer.op() instanceof Convolution convolution) {
            found.add(LayerAttributes.BIAS, Boolean.toString(convolution.bias().isPresent()));
            found.add(LayerAttributes.ACTIVATION,
                    layer.activation().flatMap(LayerSettings::activationWord).orElse("none"));
        }
        List<Attribute<?>> order = operator(layer).attributes();
        return found.settings.stream()
                .sorted(Comparator.comparingInt(setting -> order.indexOf(setting.attribute()))).toList();
    }

    /** The keyword of a layer. */
    static Operator operator(Layer layer) {
        return Operator.of(layer.op().keyword()).orElseThrow();
    }

    /** The word for a function in {@code activation}; empty if it has parameters that cannot be said there. */
    static Optional<String> activationWord(Op op) {
        boolean hasWord = switch (op) {
            case Softmax _ -> true;
            case Activate(Activation(Activation.Kind kind, float parameter)) -> switch (kind) {
                case IDENTITY -> false;
                case LEAKY_RELU -> parameter == LayerAttributes.SLOPE.defaultValue().orElseThrow().floatValue();
                case ELU -> parameter == LayerAttributes.ALPHA.defaultValue().orElseThrow().floatValue();
                case RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> true;
            };
            default -> false;
        };
        return hasWord ? Optional.of(op.keyword()) : Optional.empty();
    }

    private void add(Op op) {
        switch (op) {
            case Conv2d conv -> {
                add(LayerAttributes.FILTERS, Integer.toString(conv.channelsOut()));
                addWindow(conv.window());
                add(LayerAttributes.GROUPS, Integer.toString(conv.groups()));
            }
            case DepthwiseConv2d depthwise -> addDepthwise(depthwise);
            case SeparableConv2d separable -> {
                add(LayerAttributes.FILTERS, Integer.toString(separable.channelsOut()));
                addDepthwise(separable.depthwise());
            }
            case Dense dense -> add(LayerAttributes.UNITS, Integer.toString(dense.channelsOut()));
            case BatchNorm norm -> addNorm(norm);
            case Activate activate -> addParameter(activate.activation());
            case Pool2d pool -> addPool(pool);
            case ZeroPad2d pad -> add(LayerAttributes.ZERO_PADDING, PaddingWords.sides(pad.padding()));
            case GlobalPool2d pool -> add(LayerAttributes.KEEP_DIMENSIONS, Boolean.toString(pool.keepsImage()));
            case Input _,Output _,Affine _,Add _,Concat _,Flatten _,RepeatChannels _,Dropout _,Softmax _ -> {
                // Without attributes that change what they compute.
            }
        }
    }

    private void addDepthwise(DepthwiseConv2d depthwise) {
        addWindow(depthwise.window());
        add(LayerAttributes.MULTIPLIER, Integer.toString(depthwise.multiplier()));
    }

    private void addWindow(Window window) {
        add(LayerAttributes.KERNEL, pair(window.kernelHeight(), window.kernelWidth()));
        add(LayerAttributes.STRIDE, pair(window.strideHeight(), window.strideWidth()));
        add(LayerAttributes.PADDING, padding.at(window, input));
        add(LayerAttributes.DILATION, pair(window.dilationHeight(), window.dilationWidth()));
    }

    private void addNorm(BatchNorm norm) {
        settings.add(new Setting(LayerAttributes.EPSILON, DecimalText.of(norm.epsilon()),
                Optional.of(DecimalText.of(convention.defaultEpsilon()))));
        add(LayerAttributes.SCALE, Boolean.toString(norm.gamma().isPresent()));
        add(LayerAttributes.CENTER, Boolean.toString(norm.beta().isPresent()));
    }

    private void addParameter(Activation activation) {
        switch (activation.kind()) {
            case LEAKY_RELU -> add(LayerAttributes.SLOPE, DecimalText.of(activation.parameter()));
            case ELU -> add(LayerAttributes.ALPHA, DecimalText.of(activation.parameter()));
            case IDENTITY, RELU, RELU6, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH, SWISH, GELU, SOFTPLUS -> {
                // Without a parameter.
            }
        }
    }

    private void addPool(Pool2d pool) {
        Window window = pool.window();
        String kernel = pair(window.kernelHeight(), window.kernelWidth());
        add(LayerAttributes.KERNEL, kernel);
        settings.add(new Setting(LayerAttributes.POOL_STRIDE, pair(window.strideHeight(), window.strideWidth()),
                Optional.of(kernel)));
        add(LayerAttributes.PADDING, padding.at(window, input));
        if (pool.reduction() == Reduction.MEAN) {
            boolean isPadded = !window.padding().equals(Padding.NONE);
            add(LayerAttributes.COUNT_PADDING, Boolean.toString(pool.countsPadding() && isPadded));
        }
    }

    private void add(Attribute<?> attribute, String text) {
        settings.add(new Setting(attribute, text,
                attribute.byDefault() instanceof Default.Literal(String omitted)
                        ? Optional.of(DecimalText.shortened(omitted))
                        : Optional.empty()));
    }

    private static String pair(int height, int width) {
        return height == width ? Integer.toString(height) : "[" + height + ", " + width + "]";
    }
}
