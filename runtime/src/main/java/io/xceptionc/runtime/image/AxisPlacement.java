package io.xceptionc.runtime.image;

/**
 * One axis of the way from the picture to the network's input: {@code sourceSize} pixels are resized to
 * {@code resizedSize}, of which {@code windowSize} from {@code windowStart} are kept and put at {@code targetStart} of
 * the input.
 */
record AxisPlacement(int sourceSize, int resizedSize, int windowStart, int windowSize, int targetStart) {
    /** Returns the placement that resizes the whole axis to {@code targetSize}. */
    static AxisPlacement whole(int sourceSize, int targetSize) {
        return new AxisPlacement(sourceSize, targetSize, 0, targetSize, 0);
    }

    /** Returns the placement that puts the whole resized axis into the middle; the start is rounded half to even. */
    static AxisPlacement framed(int sourceSize, int resizedSize, int targetSize) {
        return new AxisPlacement(sourceSize, resizedSize, 0, resizedSize,
                (int) Math.rint((targetSize - resizedSize) * 0.5));
    }

    /**
     * Returns the placement that crops the resized axis to the centre, or pads it where it is shorter than
     * {@code targetSize}.
     *
     * <p>Source: torchvision, {@code transforms.functional.center_crop}: the start is rounded half to even.
     */
    static AxisPlacement centred(int sourceSize, int resizedSize, int targetSize) {
        if (resizedSize < targetSize) {
            return new AxisPlacement(sourceSize, resizedSize, 0, resizedSize, (targetSize - resizedSize) / 2);
        }
        int windowStart = (int) Math.rint((resizedSize - targetSize) / 2.0);
        return new AxisPlacement(sourceSize, resizedSize, windowStart, targetSize, 0);
    }
}
