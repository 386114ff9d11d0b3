package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import io.xceptionc.compiler.lower.ImageSize;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At 8 x 8, TensorFlow's same is [0, 1] for a 3 x 3 window of stride 2, at 9 x 9 it is [1, 1]. */
class PaddingCheckTest {

    private static final FileOf PYTORCH = FileOf.format(FileOf.PYTORCH).add("a.weight", 2, 2, 3, 3)
            .add("b.weight", 2, 2, 3, 3).add("c.weight", 2, 1, 3, 3).add("d.conv1.weight", 2, 1, 3, 3)
            .add("d.pointwise.weight", 2, 2, 1, 1);
    private static final FileOf KERAS = FileOf.format(FileOf.KERAS).add("a/kernel", 3, 3, 2, 2)
            .add("b/kernel", 3, 3, 2, 2).add("c/depthwise_kernel", 3, 3, 2, 1).add("d/depthwise_kernel", 3, 3, 2, 1)
            .add("d/pointwise_kernel", 1, 1, 2, 2);

    private final Diagnostics diagnostics = new Diagnostics();

    /** Layer b has stride 1, and b and a pool without padding pad the same everywhere. */
    private static String layers(String padding) {
        return """
                - conv2d: {name: a, filters: 2, kernel: 3, stride: 2, padding: %1$s, bias: false}
                - conv2d: {name: b, filters: 2, kernel: 3, padding: same, bias: false, input: input}
                - depthwise_conv2d: {name: c, kernel: 3, stride: 2, padding: %1$s, bias: false}
                - separable_conv2d: {name: d, filters: 2, kernel: 3, stride: 2, padding: %1$s, bias: false, input: input}
                - max_pool2d: {name: e, kernel: 3, stride: 2, padding: %1$s, input: input}
                - max_pool2d: {name: f, kernel: 2, input: input}
                - add: {inputs: [a, c, d, e, f]}
                """
                .formatted(padding);
    }

    private List<String> assumptions(String convention, String padding, FileOf file, int size) {
        return Bound.of(convention, layers(padding), file, Optional.of(new ImageSize(size, size)), Optional.empty(),
                diagnostics).report().assumptions();
    }

    private void assertReported(String expected) {
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }

    @Test
    void unevenPaddingIsNotOfPyTorch() {
        assertEquals(List.of("kernels lie as OIHW, transposed", "padding as the spec says"),
                assumptions("keras", "same", PYTORCH, 8));
        assertReported(
                "net.yaml:5:3: warning[W303]: 4 layers pad, the first [top 0, bottom 1, left 0, right 1] at this size, "
                        + "where layers of pytorch pad both sides equally: 'a', 'c', 'd' and 1 more (write padding: [1, 1] if the "
                        + "network was trained so)");
    }

    @Test
    void evenPaddingIsNotOfKerasWhereSameIsUneven() {
        assumptions("pytorch", "1", KERAS, 8);
        assertReported(
                "net.yaml:5:3: warning[W303]: 4 layers pad, the first [top 1, bottom 1, left 1, right 1] at this size, "
                        + "where 'same' of keras is [top 0, bottom 1, left 0, right 1]: 'a', 'c', 'd' and 1 more (write padding: same "
                        + "if the network was trained so)");
    }

    @Test
    void whereBothAreTheSameThereIsNothingToSay() {
        assertEquals(List.of("kernels lie as HWIO"),
                Bound.of("pytorch", "- max_pool2d: {kernel: 3, stride: 2, padding: 1}\n", FileOf.format(FileOf.KERAS),
                        Optional.of(new ImageSize(9, 9)), Optional.empty(), diagnostics).report().assumptions());
        assertEquals(List.of("kernels lie as HWIO"), assumptions("keras", "1", KERAS, 8));
        assertReported("");
    }
}
