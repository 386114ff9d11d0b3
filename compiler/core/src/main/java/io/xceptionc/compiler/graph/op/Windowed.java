package io.xceptionc.compiler.graph.op;

/** An operator that slides a window over an image. */
public interface Windowed {

    /** How it slides: size, stride, dilation and padding. */
    Window window();
}
