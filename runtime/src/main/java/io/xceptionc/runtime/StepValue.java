package io.xceptionc.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a step leaves in a session's memory: an image in blocks of channels, or a vector.
 *
 * @param shape {@code [height, width, channels]} or {@code [channels]}
 * @param origin where the first element lies, in bytes from the start of the memory
 * @param blockBytes bytes from a block of channels to the next
 * @param rowBytes bytes from a pixel to the one below
 * @param pixelBytes bytes from a pixel to its right neighbour
 * @param blockChannels channels of a block
 * @param layers the layers of the spec that the step takes part in, in order
 * @param isLayer whether it is what the last of them yields; else it is an intermediate result that no layer has
 */
public record StepValue(
        List<Integer> shape,
        long origin,
        long blockBytes,
        long rowBytes,
        long pixelBytes,
        int blockChannels,
        List<String> layers,
        boolean isLayer) {

    private static final String NO_LAYER = "-";
    private static final int NUMBERS = 5;

    public StepValue {
        shape = List.copyOf(shape);
        layers = List.copyOf(layers);
        if ((shape.size() != 1 && shape.size() != 3) || blockChannels < 1 || (isLayer && layers.isEmpty())) {
            throw new IllegalArgumentException("no value has the shape " + shape + " and the layers " + layers);
        }
    }

    /** The layer of the spec that yields it. */
    public Optional<String> layer() {
        return isLayer ? Optional.of(layers.getLast()) : Optional.empty();
    }

    private int channels() {
        return shape.getLast();
    }

    private int side(int axis) {
        return shape.size() == 1 ? 1 : shape.get(axis);
    }

    /** Copies it from where it lies, row-major. */
    float[] read(MemorySegment memory) {
        int width = side(1);
        float[] elements = new float[Math.multiplyExact(side(0) * width, channels())];
        for (int pixel = 0; pixel < side(0) * width; pixel++) {
            long start = origin + pixel / width * rowBytes + pixel % width * pixelBytes;
            for (int channel = 0; channel < channels(); channel += blockChannels) {
                MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, start + channel / blockChannels * blockBytes,
                        elements, pixel * channels() + channel, Math.min(blockChannels, channels() - channel));
            }
        }
        return elements;
    }

    /** In one line, the layers last. */
    String toText() {
        String places = String.join(" ", Stream.of(origin, blockBytes, rowBytes, pixelBytes, (long) blockChannels)
                .map(String::valueOf).toList());
        String sides = String.join("x", shape.stream().map(String::valueOf).toList());
        return String.join(" ", places, sides, isLayer ? layers.getLast() : NO_LAYER, String.join(" ", layers));
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static StepValue of(String text) {
        List<String> words = List.of(text.split(" "));
        if (words.size() < NUMBERS + 3) {
            throw new IllegalArgumentException("'" + text + "' describes no value");
        }
        List<Integer> shape = Stream.of(words.get(NUMBERS).split("x")).map(Integer::valueOf).toList();
        List<Long> places = words.subList(0, NUMBERS - 1).stream().map(Long::valueOf).toList();
        return new StepValue(shape, places.get(0), places.get(1), places.get(2), places.get(3),
                Integer.parseInt(words.get(NUMBERS - 1)), words.subList(NUMBERS + 2, words.size()),
                !words.get(NUMBERS + 1).equals(NO_LAYER));
    }
}
