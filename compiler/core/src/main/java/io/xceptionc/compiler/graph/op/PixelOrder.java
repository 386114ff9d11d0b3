package io.xceptionc.compiler.graph.op;

import java.util.Locale;

/** How the pixels of a square and the channels of each of them stand in one axis of channels. */
public enum PixelOrder {
    /** Pixel by pixel, {@code [row][column][channel]}: ONNX's DCR. */
    TENSORFLOW,
    /** Channel by channel, {@code [channel][row][column]}: PyTorch's pixel shuffle, ONNX's CRD. */
    PYTORCH;

    /** As the spec language says it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
