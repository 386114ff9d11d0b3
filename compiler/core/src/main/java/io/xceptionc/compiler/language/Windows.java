package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.language.attribute.Pair;

/** Makes windows of what a layer says about them. */
final class Windows {

    private Windows() {}

    /** A window over an input of the given size, which {@code same} depends on. */
    static Window window(Pair kernel, Pair stride, Pair dilation, PaddingRule rule, TensorType input) {
        Window window = new Window(kernel.height(), kernel.width(), stride.height(), stride.width(), dilation.height(),
                dilation.width(), Padding.NONE);
        return window.withPadding(switch (rule) {
            case PaddingRule.Same _ -> Padding.same(input.height(), input.width(), window);
            case PaddingRule.Explicit _ -> padding(rule);
        });
    }

    /** Padding that depends on no window. */
    static Padding padding(PaddingRule rule) {
        return switch (rule) {
            case PaddingRule.Explicit(int top, int bottom, int left, int right) ->
                    new Padding(top, bottom, left, right);
            case PaddingRule.Same _ -> throw new IllegalStateException("same depends on a window");
        };
    }

    /** The size of a window. */
    static Pair kernel(Window window) {
        return new Pair(window.kernelHeight(), window.kernelWidth());
    }

    /** The step of a window. */
    static Pair stride(Window window) {
        return new Pair(window.strideHeight(), window.strideWidth());
    }

    /** The distance of a window's taps. */
    static Pair dilation(Window window) {
        return new Pair(window.dilationHeight(), window.dilationWidth());
    }
}
