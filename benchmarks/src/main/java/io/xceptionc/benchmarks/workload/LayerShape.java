package io.xceptionc.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a single layer, written as {@code 19x19x728 -> 728}.
 *
 * @param height of the input
 * @param width of the input
 * @param channelsIn of the input
 * @param channelsOut of the output
 */
public record LayerShape(int height, int width, int channelsIn, int channelsOut) {

    private static final Pattern TEXT = Pattern.compile("(\\d+)x(\\d+)x(\\d+) -> (\\d+)");

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static LayerShape parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not like 19x19x728 -> 728");
        }
        return new LayerShape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)));
    }

    /**
     * Writes the spec of a network that consists of some layers only.
     *
     * @param layers as the spec language has them, one a line
     */
    public Workload workload(String layers, Path spec) throws IOException {
        Files.writeString(spec, """
                model: layer
                input: {shape: [%d, %d, %d]}
                layers:
                %s""".formatted(height, width, channelsIn, layers.indent(2)));
        return Workload.of("layer", spec);
    }
}
