package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.testing.ReferencePart;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference lists the operators of ONNX that are taken, no others. */
class OperatorTableTest {

    private static final String BOUNDED = "of two images, or an image and a number";

    private static final String OVER_PIXELS_OR_CHANNELS =
            "over height and width, over the channels, or over all of an image";

    private static final Map<String, String> LIMITS = Map.ofEntries(
            Map.entry("ArgMax", "over the channels; of equal ones the first"),
            Map.entry("AveragePool", "of height and width"),
            Map.entry("BatchNormalization", "not in training mode"),
            Map.entry("Cast", "between numbers of which the network computes, and of its input"),
            Map.entry("Concat", "of channels"),
            Map.entry("Conv", "of images; a bias of constants"),
            Map.entry("ConvTranspose", "of images"),
            Map.entry("Dropout", "not in training mode"),
            Map.entry("Expand", "of constants, and to the shape of another factor"),
            Map.entry("Gather", "of channels, or of one pixel"),
            Map.entry("Gemm", "with weights of constants, without transA"),
            Map.entry("LpNormalization", "of channels, with p = 2"),
            Map.entry("MatMul", "with weights of constants, of vectors or of the channels of each pixel"),
            Map.entry("Max", BOUNDED), Map.entry("Min", BOUNDED),
            Map.entry("MaxPool", "of height and width"),
            Map.entry("PRelu", "one slope, or one for each channel"),
            Map.entry("Pad", "of height and width; constant, reflect and edge; taking away with zeros only"),
            Map.entry("ReduceMax", OVER_PIXELS_OR_CHANNELS), Map.entry("ReduceMean", OVER_PIXELS_OR_CHANNELS),
            Map.entry("ReduceSum", "as a part of a norm or of means"),
            Map.entry("Reshape",
                    "axes of size 1 may come and go, height and width become one, or all of an image a vector;"
                            + " groups of channels"),
            Map.entry("Resize", "of height and width; nearest and linear; antialias only where nothing gets smaller"),
            Map.entry("Softmax", "over the channels, or over all of a vector"),
            Map.entry("Transpose", "that moves no pixel, or channels to the end and back"),
            Map.entry("Upsample", "of height and width; nearest and linear"));

    @Test
    void theReferenceListsThem() throws IOException {
        Set<String> ofConstants = new TreeSet<>(OnnxConstants.ALL.keySet());
        ofConstants.removeAll(Operators.names());
        ReferencePart.assertMatches("### Operators of ONNX",
                "Opsets " + OnnxImport.OLDEST_OPSET + " to " + OnnxImport.NEWEST_OPSET
                        + ", of float32, float16 and bfloat16. What is computed from constants and shapes alone is computed at"
                        + " the import; there also "
                        + ofConstants.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "))
                        + ". Of what the network computes:\n\n"
                        + ReferencePart.table("operator", Operators.names(), LIMITS));
    }
}
