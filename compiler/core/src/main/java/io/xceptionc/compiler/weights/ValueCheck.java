package io.xceptionc.compiler.weights;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.util.ArrayList;
import java.util.List;

/** What values a tensor may have: finite ones, and as a variance no negative ones. */
public final class ValueCheck {

    private ValueCheck() {}

    /**
     * Checks all values of a tensor.
     *
     * @param values in the order of the file
     * @throws InvalidInputException with the first value that is wrong, its index, and how many there are
     */
    public static void require(TensorRole role, TensorInfo info, float[] values, String fileName)
            throws InvalidInputException {
        int count = 0;
        int first = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Float.isFinite(values[i])) {
                first = i;
                count++;
            }
        }
        if (count > 0) {
            throw problem(fileName, DiagnosticCode.E305,
                    found(info, values, first, count, "values that are not finite"),
                    "no network answers with such weights; look for a checkpoint from before the training diverged");
        }
        if (role == TensorRole.MOVING_VARIANCE) {
            requireNoNegative(info, values, fileName);
        }
    }

    private static void requireNoNegative(TensorInfo info, float[] values, String fileName)
            throws InvalidInputException {
        int count = 0;
        int first = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            if (values[i] < 0) {
                first = i;
                count++;
            }
        }
        if (count > 0) {
            throw problem(fileName, DiagnosticCode.E306, found(info, values, first, count, "negative values"),
                    "it is the variance of a batch norm, which cannot be negative; look whether another tensor was"
                            + " saved under its name, and save or download the file again");
        }
    }

    private static String found(TensorInfo info, float[] values, int first, int count, String kind) {
        return "has " + values[first] + " in the tensor " + Quotation.of(info.name()) + " at " + index(info, first)
                + (count == 1 ? "" : ", the first of " + count + " " + kind);
    }

    /** An index along each axis. */
    private static List<Long> index(TensorInfo info, int position) {
        List<Long> index = new ArrayList<>();
        long rest = position;
        for (long dimension : info.shape().reversed()) {
            index.addFirst(rest % dimension);
            rest /= dimension;
        }
        return index;
    }

    private static InvalidInputException problem(String fileName, DiagnosticCode code, String message, String help) {
        return new InvalidInputException(new Diagnostic(code, SourceSpan.ofFile(fileName), message, help));
    }
}
