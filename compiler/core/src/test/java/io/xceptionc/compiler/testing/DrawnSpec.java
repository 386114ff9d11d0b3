package io.xceptionc.compiler.testing;

import java.nio.ByteBuffer;

/** Specs drawn by bytes: each byte makes a choice, and where they end, the first is made. */
public final class DrawnSpec {

    private static final int MOST_LAYERS = 12;
    private static final int DEEPEST = 2;
    private static final String[] SIDES = {"8", "1", "2", "7", "16", "33"};
    private static final String[] CHANNELS = {"8", "1", "3", "16", "17", "32", "64"};
    private static final String[] PADDINGS = {"same", "valid", "1", "[0, 1]", "[1, 0, 2, 1]", "0"};
    private static final String[] KERNELS = {"3", "1", "2", "5", "[1, 3]", "[3, 1]", "7"};
    private static final String[] ACTIVATIONS = {"none", "relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh",
        "hard_sigmoid", "hard_swish", "swish", "gelu", "softplus", "softmax"};
    private static final String[] PLAIN = {"relu", "batch_norm", "sigmoid", "swish", "softmax", "flatten", "dropout",
        "global_avg_pool2d", "global_max_pool2d", "zero_pad2d: {padding: 1}"};

    private final ByteBuffer choices;
    private final StringBuilder text = new StringBuilder();

    private DrawnSpec(byte[] choices) {
        this.choices = ByteBuffer.wrap(choices);
    }

    /** The text of a spec, not always a valid one. */
    public static String of(byte[] choices) {
        DrawnSpec spec = new DrawnSpec(choices);
        spec.text.append("model: drawn\ninput: {shape: [%s, %s, %s]}\nlayers:\n".formatted(spec.one(SIDES),
                spec.one(SIDES), spec.one(CHANNELS)));
        spec.layers("  ", 0);
        return spec.text.toString();
    }

    private void layers(String indent, int depth) {
        int count = 1 + number(depth == 0 ? MOST_LAYERS : 3);
        for (int i = 0; i < count; i++) {
            layer(indent, depth);
        }
    }

    private void layer(String indent, int depth) {
        switch (number(depth == DEEPEST ? 6 : 8)) {
            case 0 -> line(indent, "conv2d: {filters: %s, %s, groups: %s, %s}".formatted(one(CHANNELS), window(),
                    one("1", "1", "2", "4"), end()));
            case 1 -> line(indent, "separable_conv2d: {filters: %s, %s, %s}".formatted(one(CHANNELS), window(), end()));
            case 2 -> line(indent, "depthwise_conv2d: {%s, %s}".formatted(window(), end()));
            case 3 -> line(indent, one("max_pool2d", "avg_pool2d") + ": {" + window() + "}");
            case 4 -> line(indent, "dense: {units: %s, %s}".formatted(one(CHANNELS), end()));
            case 5 -> line(indent, one(PLAIN));
            case 6 -> residual(indent, depth);
            default -> branches(indent, depth);
        }
    }

    private void residual(String indent, int depth) {
        line(indent, "residual:");
        text.append(indent).append("    body:\n");
        layers(indent + "    ", depth + 1);
        if (number(2) == 1) {
            text.append(indent).append("    shortcut:\n");
            layers(indent + "    ", depth + 1);
        }
    }

    private void branches(String indent, int depth) {
        line(indent, "branches:");
        text.append(indent).append("    merge: ").append(one("concat", "add")).append('\n');
        text.append(indent).append("    paths:\n").append(indent).append("    - []\n");
        int count = 1 + number(3);
        for (int i = 0; i < count; i++) {
            text.append(indent).append("    -\n");
            layers(indent + "      ", depth + 1);
        }
    }

    private String window() {
        return "kernel: %s, stride: %s, padding: %s".formatted(one(KERNELS), one("1", "2", "[2, 1]", "3"),
                one(PADDINGS));
    }

    private String end() {
        return "bias: %s, activation: %s".formatted(one("true", "false"), one(ACTIVATIONS));
    }

    private void line(String indent, String layer) {
        text.append(indent).append("- ").append(layer).append('\n');
    }

    private String one(String... texts) {
        return texts[number(texts.length)];
    }

    private int number(int bound) {
        return choices.hasRemaining() ? Byte.toUnsignedInt(choices.get()) % bound : 0;
    }
}
