package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.language.attribute.Value.Sequence;
import java.util.List;
import java.util.Optional;

/** The shape of an image, {@code [height, width, channels]}. */
public record ShapeType() implements AttributeType<ShapeType.Shape> {

    /** Height and width of the network's input. */
    public static final IntegerType SIDE = new IntegerType(1, 16384);
    /** Channels of the network's input. */
    public static final IntegerType CHANNELS = new IntegerType(1, 4096);

    /**
     * The shape of an image.
     *
     * @param height rows
     * @param width columns
     * @param channels values for each pixel
     */
    public record Shape(int height, int width, int channels) {}

    @Override
    public String describe() {
        return "a list [height, width, channels]";
    }

    @Override
    public Optional<Shape> read(String name, Value value, Diagnostics diagnostics) {
        if (!(value instanceof Sequence list) || list.items().size() != 3) {
            return Complaints.wrong(name, this, value, "write " + name + ": [299, 299, 3]", diagnostics);
        }
        List<Value> items = list.items();
        Optional<Integer> height = SIDE.read("height", items.get(0), diagnostics);
        Optional<Integer> width = SIDE.read("width", items.get(1), diagnostics);
        Optional<Integer> channels = CHANNELS.read("channels", items.get(2), diagnostics);
        return height.isEmpty() || width.isEmpty() || channels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shape(height.get(), width.get(), channels.get()));
    }
}
