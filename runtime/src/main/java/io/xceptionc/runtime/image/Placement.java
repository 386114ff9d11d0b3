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
        };
    }

    private static int scaled(int size, int pixels, int shorter) {
        return Math.toIntExact((long) pixels * size / shorter);
    }
}
