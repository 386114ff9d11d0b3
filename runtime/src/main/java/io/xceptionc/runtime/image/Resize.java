package io.xceptionc.runtime.image;

/** How the size of a picture is brought to the size of a network's input. */
public sealed interface Resize {
    /**
     * The picture is resized to exactly the input's height and width; its aspect is not kept (Keras, {@code load_img}).
     */
    record Exact() implements Resize {}

    /**
     * The shorter side becomes {@code pixels} long and the longer side {@code pixels * longer / shorter}, rounded down;
     * then the centre is cropped to the input's height and width. An axis that is shorter than the input is padded with
     * black, and the larger half of an odd padding goes to the right or the bottom.
     *
     * <p>Source: torchvision, {@code transforms.Resize(int)} and {@code transforms.CenterCrop}, on PIL images. The
     * centre of an odd surplus is rounded half to even.
     *
     * @param pixels from 1 to {@value Preprocessing#MAXIMUM_SIDE}
     */
    record ShorterSide(int pixels) implements Resize {
        /**
         * Takes {@code pixels} as they are.
         *
         * @throws IllegalArgumentException when {@code pixels} is out of range
         */
        public ShorterSide {
            Preprocessing.requireSide("the shorter side", pixels);
        }
    }

    /**
     * The picture is resized, its aspect kept, so that it just fits into the input, and stands in the middle; what is
     * left of the input has one level in every channel. An odd rest is split half to even.
     *
     * <p>Source: Pillow, {@code ImageOps.pad}.
     *
     * @param level of the frame, from 0, black, to 255
     */
    record Letterbox(int level) implements Resize {
        /**
         * Takes {@code level} as it is.
         *
         * @throws IllegalArgumentException when {@code level} is out of range
         */
        public Letterbox {
            if (level < 0 || level > 255) {
                throw new IllegalArgumentException("the frame's level must be from 0 to 255, is " + level);
            }
        }
    }
}
