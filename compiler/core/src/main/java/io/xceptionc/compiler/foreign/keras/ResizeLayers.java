package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.format.keras.KerasLayer;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Coordinates;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.Resize2d.Method;
import io.xceptionc.compiler.graph.op.Resize2d.Rounding;
import io.xceptionc.compiler.language.attribute.Pair;
import java.util.List;
import java.util.Optional;

/** The layers that make images of another height and width, all by half pixels. */
final class ResizeLayers {

    private static final Pair TWO = new Pair(2, 2);

    private ResizeLayers() {}

    static Optional<Node> upSampling2d(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        Attributes attributes = Attributes.of(layer);
        attributes.requireChannelsLast();
        ConvolutionLayers.image(inputs);
        Pair size = attributes.pair("size", TWO);
        return nodes.add(name, resize(attributes, new Extent.Factor(size.height(), size.width()), Method.NEAREST),
                inputs);
    }

    static Optional<Node> resizing(LayerNodes nodes, KerasLayer layer, String name, List<Node> inputs)
            throws CannotImportException {
        Attributes attributes = Attributes.of(layer);
        attributes.requireChannelsLast();
        TensorType input = ConvolutionLayers.image(inputs);
        int height = attributes.count("height");
        int width = attributes.count("width");
        if (height > Attributes.LARGEST_SIZE || width > Attributes.LARGEST_SIZE) {
            throw new CannotImportException("it makes " + height + " x " + width + " pixels", "");
        }
        boolean keepsShape = (long) height * input.width() == (long) width * input.height();
        if (!keepsShape && (attributes.truth("crop_to_aspect_ratio", false)
                || attributes.truth("pad_to_aspect_ratio", false))) {
            throw new CannotImportException("it crops or pads " + input + " to the shape of its height and width", "");
        }
        Resize2d op = resize(attributes, new Extent.Size(height, width), Method.BILINEAR);
        if (attributes.truth("antialias", false) && op.method() == Method.BILINEAR
                && (height < input.height() || width < input.width())) {
            throw new CannotImportException("it has antialias, and makes its input smaller", "");
        }
        return nodes.add(name, op, inputs);
    }

    private static Resize2d resize(Attributes attributes, Extent extent, Method otherwise)
            throws CannotImportException {
        String interpolation = attributes.config().get("interpolation").text().orElse(otherwise.word());
        Method method = switch (interpolation) {
            case "nearest" -> Method.NEAREST;
            case "bilinear" -> Method.BILINEAR;
            default -> throw new CannotImportException("its interpolation is " + Quotation.of(interpolation),
                    "only nearest and bilinear are known");
        };
        return new Resize2d(extent, method, Coordinates.HALF_PIXEL, Rounding.HALF_UP);
    }
}
