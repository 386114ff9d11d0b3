package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Average;
import io.xceptionc.compiler.graph.op.Crop2d;
import io.xceptionc.compiler.graph.op.Maximum;
import io.xceptionc.compiler.graph.op.Minimum;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Subtract;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What becomes of each class of layers. */
final class LayerTranslations {

    /** Those that read several results. */
    static final Set<String> MERGES = Set.of("Add", "Multiply", "Subtract", "Maximum",
            "Minimum", "Average", "Concatenate", "CustomScaleLayer");

    /** Which do nothing but in training. */
    private static final List<String> TRAINING_ONLY = List.of("Dropout", "SpatialDropout1D", "SpatialDropout2D",
            "SpatialDropout3D", "GaussianDropout", "GaussianNoise", "AlphaDropout", "ActivityRegularization",
            "FixedDropout", "StochasticDepth", "DropConnect", "Identity", "RandomFlip", "RandomRotation",
            "RandomTranslation", "RandomZoom", "RandomHeight", "RandomWidth", "RandomContrast", "RandomBrightness",
            "RandomColorDegeneration", "RandomColorJitter", "RandomElasticTransform", "RandomErasing",
            "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective",
            "RandomPosterization", "RandomSaturation", "RandomSharpness", "RandomShear", "RandAugment", "AugMix",
            "CutMix", "MixUp");

    private static final Pattern OF_KERAS = Pattern.compile("(tensorflow\\.(python\\.)?|tf_)?keras(_core)?(\\..*)?");

    /** Classes of others that everybody has the code of. */
    private static final Set<String> WELL_KNOWN = Set.of("FixedDropout", "CustomScaleLayer", "LayerScale");

    private static final Map<String, LayerTranslation> ALL = all();

    private LayerTranslations() {}

    private static Map<String, LayerTranslation> all() {
        Map<String, LayerTranslation> all = new HashMap<>();
        all.put("Conv2D", ConvolutionLayers::conv2d);
        all.put("Conv2DTranspose", TransposedLayers::conv2dTranspose);
        all.put("DepthwiseConv2D", ConvolutionLayers::depthwiseConv2d);
        all.put("SeparableConv2D", ConvolutionLayers::separableConv2d);
        all.put("Dense", ConvolutionLayers::dense);
        all.put("BatchNormalization", ConvolutionLayers::batchNorm);
        all.put("Activation", OtherLayers::activation);
        all.put("ReLU",
                (nodes, layer, name, inputs) -> nodes.add(name, KerasActivations.relu(Attributes.of(layer)), inputs));
        all.put("LeakyReLU",
                (nodes, layer, name, inputs) -> nodes.add(name, KerasActivations.leakyRelu(Attributes.of(layer)),
                        inputs));
        all.put("ELU",
                (nodes, layer, name, inputs) -> nodes.add(name, KerasActivations.elu(Attributes.of(layer)), inputs));
        all.put("PReLU", ConvolutionLayers::prelu);
        all.put("Softmax", OtherLayers::softmax);
        all.put("MaxPooling2D", OtherLayers.pool(Reduction.MAX));
        all.put("AveragePooling2D", OtherLayers.pool(Reduction.MEAN));
        all.put("GlobalMaxPooling2D", OtherLayers.globalPool(Reduction.MAX));
        all.put("GlobalAveragePooling2D", OtherLayers.globalPool(Reduction.MEAN));
        all.put("Add", OtherLayers.merge(new Add()));
        all.put("Multiply", OtherLayers.merge(new Multiply()));
        all.put("Subtract", OtherLayers.merge(new Subtract()));
        all.put("Maximum", OtherLayers.merge(new Maximum()));
        all.put("Minimum", OtherLayers.merge(new Minimum()));
        all.put("Average", OtherLayers.merge(new Average()));
        all.put("Concatenate", OtherLayers::concatenate);
        all.put("ZeroPadding2D", OtherLayers.ofSides("padding", ZeroPad2d::new));
        all.put("Cropping2D", OtherLayers.ofSides("cropping", Crop2d::new));
        all.put("LayerNormalization", NormLayers::layerNorm);
        all.put("RMSNormalization", NormLayers::rmsNorm);
        all.put("GroupNormalization", NormLayers::groupNorm);
        all.put("UnitNormalization", NormLayers::unitNorm);
        all.put("LayerScale", NormLayers::layerScale);
        all.put("AdaptiveAveragePooling2D", NormLayers.adaptivePool(Reduction.MEAN));
        all.put("AdaptiveMaxPooling2D", NormLayers.adaptivePool(Reduction.MAX));
        all.put("UpSampling2D", ResizeLayers::upSampling2d);
        all.put("Resizing", ResizeLayers::resizing);
        all.put("Flatten", OtherLayers::flatten);
        all.put("Reshape", OtherLayers::reshape);
        all.put("Permute", OtherLayers::permute);
        all.put("RandomCrop", OtherLayers::randomCrop);
        all.put("CustomScaleLayer", OtherLayers::addScaled);
        TRAINING_ONLY.forEach(className -> all.put(className, OtherLayers::dropout));
        return Map.copyOf(all);
    }

    /** The classes of which anything is known. */
    static Set<String> classes() {
        Set<String> classes = new TreeSet<>(ALL.keySet());
        classes.addAll(ScalingLayers.CLASSES);
        return classes;
    }

    /** Those of them that do nothing but in training. */
    static Set<String> classesOfTraining() {
        return new TreeSet<>(TRAINING_ONLY);
    }

    /** The translation of a layer's class; empty if there is none. */
    static Optional<LayerTranslation> of(KerasLayer layer) {
        return of(layer.className());
    }

    /** The translation of a class; empty if there is none. */
    static Optional<LayerTranslation> of(String className) {
        return Optional.ofNullable(ALL.get(className));
    }

    /** Refuses a layer that has no translation whatever it reads, and says why. */
    static void requireKnown(KerasLayer layer, KerasActivations activations) throws CannotImportException {
        String className = layer.className();
        if (className.equals("Lambda")
                || layer.config().get("class_name").text().filter("__lambda__"::equals).isPresent()) {
            throw new CannotImportException("it is Python code, which is never run",
                    "put layers of Keras in its place");
        }
        boolean isOfKeras = layer.module().isEmpty() || OF_KERAS.matcher(layer.module()).matches();
        if (!isOfKeras && !WELL_KNOWN.contains(className)) {
            throw new CannotImportException("its class is not one of Keras', and its code not in the file", "");
        }
        if (Operations.isOperation(layer)) {
            Operations.requireKnown(layer);
            return;
        }
        boolean known = layer.isModel() || className.equals("InputLayer") || ScalingLayers.CLASSES.contains(className)
                || ALL.containsKey(className);
        if (!known) {
            throw new CannotImportException("the spec language has nothing for it", "");
        }
        if (ALL.containsKey(className)) {
            Attributes attributes = Attributes.of(layer);
            attributes.requireChannelsLast();
            activations.named(attributes.config().get("activation"));
            if (attributes.config().get("padding").text().isPresent()) {
                attributes.padsSame();
            }
        }
    }
}
