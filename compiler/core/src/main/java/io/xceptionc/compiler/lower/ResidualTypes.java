package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.ShapeException;
import io.xceptionc.compiler.language.Formula;

/**
 * What a residual adds.
 *
 * @param body the type of the body's result
 * @param other the type of what it is added to
 * @param hasShortcut whether that is a shortcut's result, or else the input as it is
 */
record ResidualTypes(TensorType body, TensorType other, boolean hasShortcut) {

    /** The sum; a {@link ShapeException} if the types differ. */
    Formula sum() {
        if (body.equals(other)) {
            return Formula.of(new Add(), 2);
        }
        boolean isSameSize = body.withChannels(1).equals(other.withChannels(1));
        throw new ShapeException(isSameSize ? DiagnosticCode.E204 : DiagnosticCode.E202,
                "adds " + body + " from its body to " + other + " from its " + (hasShortcut ? "shortcut" : "input"),
                help());
    }

    private String help() {
        if (hasShortcut) {
            return "body and shortcut must have the same strides, padding and filters in all";
        }
        boolean isStrided = !body.flat() && !other.flat() && body.height() < other.height();
        if (body.flat() || other.flat() || body.height() > other.height()) {
            return "the body must yield what it reads";
        }
        String stride = isStrided ? ", stride: " + Math.ceilDiv(other.height(), body.height()) + ", padding: same" : "";
        return "add shortcut: [{conv2d: {filters: " + body.channels() + ", kernel: 1" + stride + "}}]";
    }
}
