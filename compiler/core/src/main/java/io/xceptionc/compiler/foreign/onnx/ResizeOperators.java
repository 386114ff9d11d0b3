package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.foreign.CannotImportException;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Activations;
import io.xceptionc.compiler.foreign.onnx.OnnxResult.Floats;
import io.xceptionc.compiler.graph.op.Resize2d;
import io.xceptionc.compiler.graph.op.Resize2d.Coordinates;
import io.xceptionc.compiler.graph.op.Resize2d.Extent;
import io.xceptionc.compiler.graph.op.Resize2d.Method;
import io.xceptionc.compiler.graph.op.Resize2d.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Images of another height and width. */
final class ResizeOperators {

    static final Map<String, Translation> ALL =
            Map.of("Resize", ResizeOperators::resize, "Upsample", ResizeOperators::upsample);

    /** Between a scale and the sizes that it makes, in single precision. */
    private static final double CLOSE = 1e-6;

    private ResizeOperators() {}

    /** Before opset 11, places are those of the old {@code Upsample}. */
    private static OnnxResult resize(OnnxStep step) throws CannotImportException, InvalidInputException {
        if (step.opset() < 11) {
            return upsample(step);
        }
        Activations input = image(step);
        List<Long> sizes = step.has(3) ? step.wholes(3, "sizes") : List.of();
        List<Integer> target = sizes.isEmpty()
                ? scaled(step, input, numbers(step, 2))
                : placed(step, input, kept(step, input, sizes));
        Extent extent = extent(step, input, target);
        Method method = method(step);
        if (step.integer("antialias", 0) != 0 && method == Method.BILINEAR && makesSmaller(step, input, target)) {
            throw new CannotImportException("it has antialias, and makes its input smaller", "");
        }
        return step.add(rule(step, extent, method), input);
    }

    private static OnnxResult upsample(OnnxStep step) throws CannotImportException, InvalidInputException {
        Activations input = image(step);
        List<Float> scales = step.opset() < 9 ? step.decimals("scales") : numbers(step, 1);
        Extent extent = extent(step, input, scaled(step, input, scales));
        return step.add(new Resize2d(extent, method(step), Coordinates.ASYMMETRIC, Rounding.FLOOR), input);
    }

    private static Activations image(OnnxStep step) throws CannotImportException {
        Activations input = step.activations(0);
        if (input.type().flat() || !input.layout().isImage() || !input.layout().isUpright()) {
            throw new CannotImportException("it reads " + step.sizes(input) + ", which is no image", "");
        }
        return input;
    }

    /**
     * Sizes that keep the proportions of those that they are given for, as the least or greatest of the factors has it.
     */
    private static List<Long> kept(OnnxStep step, Activations input, List<Long> sizes) throws CannotImportException {
        String policy = step.text("keep_aspect_ratio_policy", "stretch");
        if (policy.equals("stretch")) {
            return sizes;
        }
        List<Integer> before = step.sizes(input);
        List<Long> axes = axes(step, before.size(), sizes.size());
        boolean isLeast = policy.equals("not_larger");
        double factor = isLeast ? Double.POSITIVE_INFINITY : 0;
        for (int i = 0; i < sizes.size(); i++) {
            double own = (double) sizes.get(i) / before.get(OnnxStep.axis(axes.get(i), before.size()));
            factor = isLeast ? Math.min(factor, own) : Math.max(factor, own);
        }
        List<Long> kept = new ArrayList<>();
        for (long axis : axes) {
            kept.add(Math.round(factor * before.get(OnnxStep.axis(axis, before.size()))));
        }
        if (!isLeast && !policy.equals("not_smaller")) {
            throw new CannotImportException("its keep_aspect_ratio_policy is " + Quotation.of(policy), "");
        }
        return kept;
    }

    private static Method method(OnnxStep step) throws CannotImportException {
        String mode = step.text("mode", "nearest");
        return switch (mode) {
            case "nearest" -> Method.NEAREST;
            case "linear", "bilinear" -> Method.BILINEAR;
            default -> throw new CannotImportException("its mode is " + Quotation.of(mode),
                    "only nearest and linear are known");
        };
    }

    private static List<Float> numbers(OnnxStep step, int index) throws CannotImportException, InvalidInputException {
        Floats scales = step.floats(index, "scales");
        List<Float> numbers = new ArrayList<>();
        if (scales.count() <= Layout.NCHW.rank()) {
            for (float number : scales.source().read()) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** The sizes of all axes, of numbers for some. */
    private static List<Integer> placed(OnnxStep step, Activations input, List<Long> sizes)
            throws CannotImportException {
        List<Integer> all = new ArrayList<>(step.sizes(input));
        List<Long> axes = axes(step, all.size(), sizes.size());
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i) < 1 || sizes.get(i) > Integer.MAX_VALUE) {
                throw new CannotImportException("its sizes are " + sizes, "");
            }
            all.set(OnnxStep.axis(axes.get(i), all.size()), sizes.get(i).intValue());
        }
        return all;
    }

    private static List<Long> axes(OnnxStep step, int rank, int count) throws CannotImportException {
        List<Long> axes = step.integers("axes").orElse(LongStream.range(0, rank).boxed().toList());
        if (axes.size() != count) {
            throw new CannotImportException("it has " + count + " sizes or scales for " + axes.size() + " axes", "");
        }
        return axes;
    }

    /**
     * The sizes of all axes, of factors, which must be those of the sizes unless it is known that nothing depends on
     * them.
     */
    private static List<Integer> scaled(OnnxStep step, Activations input, List<Float> scales)
            throws CannotImportException {
        boolean isExact = !isByCorners(step);
        List<Integer> all = step.sizes(input);
        List<Long> axes = axes(step, all.size(), scales.size());
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < scales.size(); i++) {
            int before = all.get(OnnxStep.axis(axes.get(i), all.size()));
            long after = (long) (scales.get(i) * before);
            if (isExact && Math.abs(after - (double) scales.get(i) * before) > CLOSE * after) {
                throw new CannotImportException("it makes " + (double) scales.get(i) * before + " of " + before
                        + " rows or columns", "export the model with sizes (recompute_scale_factor=True in PyTorch)");
            }
            sizes.add(after);
        }
        return placed(step, input, sizes);
    }

    /**
     * Where corners are aligned, PyTorch computes with the sizes; by ONNX's definition, others compute with the
     * factors.
     */
    private static boolean isByCorners(OnnxStep step) throws CannotImportException {
        return step.text("coordinate_transformation_mode", "half_pixel").equals("align_corners")
                && step.context().file().model().producer().startsWith("pytorch");
    }

    private static Extent extent(OnnxStep step, Activations input, List<Integer> target) throws CannotImportException {
        List<Integer> sizes = step.sizes(input);
        int rows = input.layout().rowAxis();
        int columns = input.layout().columnAxis();
        for (int axis = 0; axis < sizes.size(); axis++) {
            if (axis != rows && axis != columns && !sizes.get(axis).equals(target.get(axis))) {
                throw new CannotImportException("it makes " + target + " of " + sizes,
                        "only height and width can change");
            }
        }
        boolean isMultiple = target.get(rows) % sizes.get(rows) == 0 && target.get(columns) % sizes.get(columns) == 0;
        return isMultiple
                ? new Extent.Factor(target.get(rows) / sizes.get(rows), target.get(columns) / sizes.get(columns))
                : new Extent.Size(target.get(rows), target.get(columns));
    }

    private static boolean makesSmaller(OnnxStep step, Activations input, List<Integer> target) {
        List<Integer> sizes = step.sizes(input);
        return target.get(input.layout().rowAxis()) < sizes.get(input.layout().rowAxis())
                || target.get(input.layout().columnAxis()) < sizes.get(input.layout().columnAxis());
    }

    /** TensorFlow's rule for nearest neighbours is half a pixel after the others', rounded otherwise. */
    private static Resize2d rule(OnnxStep step, Extent extent, Method method) throws CannotImportException {
        String mode = step.text("coordinate_transformation_mode", "half_pixel");
        String rounding = step.text("nearest_mode", "round_prefer_floor");
        Rounding nearest = switch (rounding) {
            case "floor" -> Rounding.FLOOR;
            case "ceil" -> Rounding.CEIL;
            case "round_prefer_floor" -> Rounding.HALF_DOWN;
            case "round_prefer_ceil" -> Rounding.HALF_UP;
            default -> throw new CannotImportException("its nearest_mode is " + Quotation.of(rounding), "");
        };
        return switch (mode) {
            case "half_pixel", "half_pixel_symmetric" ->
                    new Resize2d(extent, method, Coordinates.HALF_PIXEL, nearest);
            case "pytorch_half_pixel" -> new Resize2d(extent, method, Coordinates.PYTORCH_HALF_PIXEL, nearest);
            case "align_corners" -> new Resize2d(extent, method, Coordinates.ALIGN_CORNERS, nearest);
            case "asymmetric" -> new Resize2d(extent, method, Coordinates.ASYMMETRIC, nearest);
            case "tf_half_pixel_for_nn" -> ofTensorFlow(extent, method, nearest);
            default -> throw new CannotImportException("its coordinate_transformation_mode is "
                    + Quotation.of(mode), "");
        };
    }

    private static Resize2d ofTensorFlow(Extent extent, Method method, Rounding rounding)
            throws CannotImportException {
        if (method != Method.NEAREST || (rounding != Rounding.FLOOR && rounding != Rounding.HALF_DOWN)) {
            throw new CannotImportException("it has tf_half_pixel_for_nn with another nearest_mode than floor", "");
        }
        return new Resize2d(extent, method, Coordinates.HALF_PIXEL,
                rounding == Rounding.FLOOR ? Rounding.HALF_UP : Rounding.CEIL);
    }
}
