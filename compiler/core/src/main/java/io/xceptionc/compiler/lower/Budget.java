package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;

/** Bounds what a short spec can unfold to. */
final class Budget {

    /** How many layers a network can have. */
    static final int MOST_LAYERS = 20_000;

    /** How deep blocks, repeats, residuals and branches can be nested after unfolding. */
    static final int DEEPEST = 100;

    private static final int MOST_STEPS = 500_000;

    private final Diagnostics diagnostics;
    private int layerCount;
    private int stepCount;
    private boolean spent;

    Budget(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Whether a bound was passed, which is reported: nothing more is unfolded then. */
    boolean isSpent() {
        return spent;
    }

    /** Counts a layer. */
    void spendLayer(SourceSpan span) {
        if (++layerCount > MOST_LAYERS) {
            stop(span, "the network has more than " + MOST_LAYERS + " layers");
        }
    }

    /** Counts the values that must be looked at to unfold an item of a list of layers. */
    void spendSteps(int count, SourceSpan span) {
        stepCount = (int) Math.min(MOST_STEPS + 1L, (long) stepCount + count);
        if (stepCount > MOST_STEPS) {
            stop(span, "the spec takes more than " + MOST_STEPS + " steps to unfold");
        }
    }

    /** Whether an item may be nested as deep as this. */
    boolean allowsDepth(int depth, SourceSpan span) {
        if (depth <= DEEPEST) {
            return true;
        }
        diagnostics.report(DiagnosticCode.E102, span,
                "blocks, repeats, residuals and branches are nested more than " + DEEPEST + " deep",
                "let blocks call fewer other blocks");
        return false;
    }

    private void stop(SourceSpan span, String message) {
        if (!spent) {
            diagnostics.report(DiagnosticCode.E102, span, message, "repeat less often");
        }
        spent = true;
    }
}
