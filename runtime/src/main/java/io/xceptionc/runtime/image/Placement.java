package io.xceptionc.runtime.image;

/** Which pixels of a picture, resized how, come to stand where in the network's input. */
record Placement(AxisPlacement vertical, AxisPlacement horizontal) {
    static Placement of(int pictureHeight, int pictureWidth, Preprocessing preprocessing) {
        return switch (preprocessing.resize()) {
            case Resize.Exact() -> new Placement(
                    AxisPlacement.whole(pictureHeight, preprocessing.height()),
                    AxisPlacement.whole(pictureWidth, preprocessing.width()));
            case Resize.ShorterSide(int pixels) -> {
                int shorter = Math.min(pictureHeight, pictureWidth);
                int resizedHeight = scaled(pictureHeight, pixels, shorter);
                int resizedWidth = scaled(pictureWidth, pixels, shorter);
                yield new Placement(
                        AxisPlacement.centred(pictureHeight, resizedHeight, preprocessing.height()),
                        AxisPlacement.centred(pictureWidth, resizedWidth, preprocessing.width()));
            }
            case Resize.Letterbox(_) ->
                    fitting(pictureHeight, pictureWidth, preprocessing.height(), preprocessing.width());
        };
    }

    /** Source: Pillow, {@code ImageOps.contain}, whose order of the floating-point operations decides about ties. */
    private static Placement fitting(int pictureHeight, int pictureWidth, int height, int width) {
        double aspect = (double) pictureWidth / pictureHeight;
        double inputAspect = (double) width / height;
        int fittingHeight = aspect > inputAspect
                ? (int) Math.rint((double) pictureHeight / pictureWidth * width)
                : height;
        int fittingWidth = aspect < inputAspect ? (int) Math.rint(aspect * height) : width;
        return new Placement(AxisPlacement.framed(pictureHeight, Math.max(fittingHeight, 1), height),
                AxisPlacement.framed(pictureWidth, Math.max(fittingWidth, 1), width));
    }

    private static int scaled(int size, int pixels, int shorter) {
        return Math.toIntExact((long) pixels * size / shorter);
    }
}
