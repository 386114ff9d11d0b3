package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.onnx.DataType;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxModel;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.format.onnx.OnnxValue;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.attribute.IntegerType;
import io.xceptionc.compiler.language.attribute.Pair;
import io.xceptionc.compiler.language.attribute.ShapeType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The image that a model takes.
 *
 * @param name what the model calls it
 * @param type its shape
 * @param layout its axes in the model
 * @param batch how many images the model's shapes are for; 1 if it leaves that open
 * @param isOfBytes whether its numbers are 0 to 255, whole
 * @param findings what was assumed about it
 */
record ModelInput(
        String name,
        TensorType type,
        Layout layout,
        int batch,
        boolean isOfBytes,
        List<String> findings) {

    private static final Set<DataType> NUMBERS =
            Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16, DataType.DOUBLE);

    /** Such as a float holds, as long as they are those of a picture. */
    private static final Set<DataType> WHOLE = Set.of(DataType.UINT8, DataType.INT8, DataType.UINT16, DataType.INT16,
            DataType.INT32, DataType.INT64);

    /** What moves numbers and computes nothing. */
    private static final Set<String> MOVING = Set.of("Identity", "Transpose", "Squeeze", "Unsqueeze", "Reshape",
            "Flatten", "Slice", "Gather", "Split", "Concat", "Shape", "Size");

    private static final OnnxAttribute CHANNELS_FIRST = new OnnxAttribute.Wholes(List.of(0L, 3L, 1L, 2L));
    private static final OnnxAttribute CHANNELS_LAST = new OnnxAttribute.Wholes(List.of(0L, 2L, 3L, 1L));

    private static final Set<String> READ_CHANNELS_FIRST =
            Set.of("Conv", "MaxPool", "AveragePool", "BatchNormalization", "GlobalAveragePool", "GlobalMaxPool");

    private static final int LARGEST_BATCH = 1 << 16;

    ModelInput {
        findings = List.copyOf(findings);
    }

    /**
     * The only input of a model, which must be images.
     *
     * @param size height and width in place of those of the model
     * @throws InvalidInputException if it is none
     */
    static ModelInput of(OnnxModel model, Wiring wiring, Optional<Pair> size, SourceSpan span)
            throws InvalidInputException {
        List<OnnxValue> inputs = model.inputs().stream()
                .filter(value -> wiring.initializer(value.name()).isEmpty()).toList();
        if (inputs.size() != 1) {
            throw problem(span, "takes " + inputs.size() + " inputs "
                    + Quotation.list(inputs.stream().map(OnnxValue::name).toList()), oneInput(inputs));
        }
        OnnxValue input = inputs.getFirst();
        List<OptionalLong> shape = input.shape().orElse(List.of());
        DataType element = input.type().orElse(DataType.STRING);
        if (shape.size() != 4 || !(NUMBERS.contains(element) || WHOLE.contains(element))) {
            throw problem(span, "takes " + element + " of " + shape.size() + " axes as its input "
                    + Quotation.of(input.name()), "only images are taken: FLOAT of [n, channels, height, width]");
        }
        ModelInput image = of(input.name(), shape, layout(input.name(), wiring), size, span);
        return WHOLE.contains(element) ? image.ofWholes(element, wiring, span) : image;
    }

    /**
     * How to get a model with one input. What has the name of an operation of TensorFlow is a constant that tf2onnx
     * lost.
     */
    private static String oneInput(List<OnnxValue> inputs) {
        List<String> lost = inputs.stream().map(OnnxValue::name).filter(name -> name.matches(".*/.*:\\d+")).toList();
        return lost.isEmpty() || lost.size() == inputs.size()
                ? "export a model with one"
                : Quotation.list(lost) + " are constants whose values are not in the file: import what"
                        + " model.save('model.keras') writes, or model.export('FOLDER') and then"
                        + " python -m tf2onnx.convert --saved-model FOLDER --output model.onnx";
    }

    /** The same of whole numbers; before anything is computed with them, they must be made floating point numbers. */
    private ModelInput ofWholes(DataType element, Wiring wiring, SourceSpan span) throws InvalidInputException {
        Deque<String> values = new ArrayDeque<>(List.of(name));
        Set<String> seen = new HashSet<>();
        while (!values.isEmpty()) {
            String value = values.pop();
            for (OnnxNode reader : seen.add(value) ? wiring.readers(value) : List.<OnnxNode>of()) {
                if (MOVING.contains(reader.operator())) {
                    values.addAll(reader.outputs());
                } else if (!reader.operator().equals("Cast")) {
                    throw problem(span, "takes " + element + " as its input " + Quotation.of(name) + ", and "
                            + OnnxStep.describe(reader) + " computes with that",
                            "only of floating point numbers can be computed: Cast them before");
                }
            }
        }
        List<String> all = new ArrayList<>(findings);
        all.add(element == DataType.UINT8
                ? "the model takes bytes, 0 to 255; arrays have the same numbers as floating point ones"
                : "the model takes whole numbers, " + element
                        + "; arrays have the same numbers as floating point ones");
        return new ModelInput(name, type, layout, batch, element == DataType.UINT8, all);
    }

    private static ModelInput of(String name, List<OptionalLong> shape, Layout layout, Optional<Pair> size,
            SourceSpan span) throws InvalidInputException {
        List<String> findings = new ArrayList<>();
        OptionalLong channels = shape.get(layout.channelAxis());
        OptionalLong height = shape.get(layout.rowAxis());
        OptionalLong width = shape.get(layout.columnAxis());
        if (channels.isEmpty()) {
            throw problem(span, "does not say how many channels its input " + Quotation.of(name) + " has",
                    "export it for a fixed number of channels");
        }
        if (size.isEmpty() && (height.isEmpty() || width.isEmpty())) {
            throw problem(span, "leaves the height and width of its input " + Quotation.of(name) + " open",
                    "give them: --input 299x299");
        }
        long rows = size.isPresent() ? size.get().height() : height.orElseThrow();
        long columns = size.isPresent() ? size.get().width() : width.orElseThrow();
        long batch = shape.getFirst().orElse(1) == 0 || shape.getFirst().orElse(1) == -1
                ? 1
                : shape.getFirst().orElse(1);
        if (!isWithin(rows, ShapeType.SIDE) || !isWithin(columns, ShapeType.SIDE)
                || !isWithin(channels.getAsLong(), ShapeType.CHANNELS) || batch < 1 || batch > LARGEST_BATCH
                || rows * columns * channels.getAsLong() > TensorType.LARGEST_ELEMENT_COUNT) {
            throw problem(span, "takes images of " + rows + " x " + columns + " pixels with " + channels.getAsLong()
                    + " channels, " + batch + " at once", "no spec can say that");
        }
        if (batch > 1) {
            findings.add(
                    "the model takes " + batch + " images at once; the spec is of one, 'compile --batch' is for more");
        }
        return new ModelInput(name, TensorType.image((int) rows, (int) columns, (int) channels.getAsLong()), layout,
                (int) batch, false, findings);
    }

    private static boolean isWithin(long number, IntegerType bounds) {
        return number >= bounds.least() && number <= bounds.greatest();
    }

    /**
     * Channels are last if the first that tells them from rows and columns puts them first, as models from TensorFlow
     * do.
     */
    private static Layout layout(String name, Wiring wiring) {
        Deque<String> values = new ArrayDeque<>(List.of(name));
        Set<String> seen = new HashSet<>();
        while (!values.isEmpty()) {
            String value = values.pop();
            for (OnnxNode reader : seen.add(value) ? wiring.readers(value) : List.<OnnxNode>of()) {
                Object order = reader.operator().equals("Transpose") ? reader.attributes().get("perm") : null;
                if (CHANNELS_FIRST.equals(order)) {
                    return Layout.NHWC;
                }
                if (CHANNELS_LAST.equals(order) || READ_CHANNELS_FIRST.contains(reader.operator())) {
                    return Layout.NCHW;
                }
                values.addAll(reader.outputs());
            }
        }
        return Layout.NCHW;
    }

    /** An exception for a model that is sound, but no network that can be imported. */
    static InvalidInputException problem(SourceSpan span, String message, String help) {
        return new InvalidInputException(new Diagnostic(DiagnosticCode.E502, span, message, help));
    }
}
