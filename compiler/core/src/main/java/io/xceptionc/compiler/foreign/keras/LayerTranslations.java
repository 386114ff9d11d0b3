package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Multiply;
import io.xceptionc.compiler.graph.op.Reduction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of each class of layers. */
final class LayerTranslations {

    private static final Map<String, LayerTranslation> ALL = all();

    private LayerTranslations() {}

    private static Map<String, LayerTranslation> all() {
        Map<String, LayerTranslation> all = new HashMap<>();
        all.put("Conv2D", ConvolutionLayers::conv2d);
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
        all.put("Softmax", OtherLayers::softmax);
        all.put("MaxPooling2D", OtherLayers.pool(Reduction.MAX));
        all.put("AveragePooling2D", OtherLayers.pool(Reduction.MEAN));
        all.put("GlobalMaxPooling2D", OtherLayers.globalPool(Reduction.MAX));
        all.put("GlobalAveragePooling2D", OtherLayers.globalPool(Reduction.MEAN));
        all.put("Add", OtherLayers.merge(new Add()));
        all.put("Multiply", OtherLayers.merge(new Multiply()));
        all.put("Concatenate", OtherLayers::concatenate);
        all.put("ZeroPadding2D", OtherLayers::zeroPadding2d);
        all.put("Flatten", OtherLayers::flatten);
        all.put("Reshape", OtherLayers::reshape);
        all.put("Dropout", OtherLayers::dropout);
        all.put("SpatialDropout2D", OtherLayers::dropout);
        all.put("GaussianDropout", OtherLayers::dropout);
        all.put("GaussianNoise", OtherLayers::dropout);
        all.put("Identity", OtherLayers::dropout);
        return Map.copyOf(all);
    }

    /** The translation of a layer's class; empty if there is none. */
    static Optional<LayerTranslation> of(KerasLayer layer) {
        return Optional.ofNullable(ALL.get(layer.className()));
    }

    /** Refuses a layer that has no translation whatever it reads, and says why. */
    static void requireKnown(KerasLayer layer, KerasActivations activations) throws CannotImportException {
        String className = layer.className();
        if (className.equals("Lambda")
                || layer.config().get("class_name").text().filter("__lambda__"::equals).isPresent()) {
            throw new CannotImportException("it is Python code, which is never run",
                    "put layers of Keras in its place");
        }
        if (!layer.module().isEmpty() && !layer.module().matches("(tensorflow\\.|tf_)?keras\\..*")) {
            throw new CannotImportException("its class is not one of Keras', and its code not in the file", "");
        }
        boolean known = layer.isModel() || className.equals("InputLayer") || Preprocessing.CLASSES.contains(className)
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
