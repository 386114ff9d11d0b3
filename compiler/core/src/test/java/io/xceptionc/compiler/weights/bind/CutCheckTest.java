package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.format.safetensors.HandmadeSafetensors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * TensorFlow's same cuts [0, 1] off for a kernel of 3 and a stride of 2, PyTorch's padding 1 with output_padding 1 [1,
 * 0].
 */
class CutCheckTest {

    private static final FileOf PYTORCH =
            FileOf.format(FileOf.PYTORCH).add("a.weight", 2, 2, 3, 3).add("b.weight", 2, 2, 4, 4);
    private static final FileOf KERAS =
            FileOf.format(FileOf.KERAS).add("a/kernel", 3, 3, 2, 2).add("b/kernel", 4, 4, 2, 2);

    private final Diagnostics diagnostics = new Diagnostics();

    /** For a kernel of 4 and a stride of 2, both are [1, 1]. */
    private List<String> assumptions(String convention, String padding, String even, FileOf file) {
        String layers = """
                - conv2d_transpose: {name: a, filters: 2, kernel: 3, stride: 2, padding: %s, bias: false}
                - conv2d_transpose: {name: b, filters: 2, kernel: 4, stride: 2, padding: %s, bias: false}
                """.formatted(padding, even);
        return Bound.of(convention, layers, file, Optional.empty(), Optional.empty(), diagnostics).report()
                .assumptions();
    }

    private void assertReported(String expected) {
        assertEquals(expected, HandmadeSafetensors.text(diagnostics.sorted()));
    }

    @Test
    void theOddRowAtTheEndIsNotCutOffByPyTorch() {
        assertEquals("cuts of transposed convolutions as the spec says",
                assumptions("keras", "same", "same", PYTORCH).getLast());
        assertReported(
                "net.yaml:5:3: warning[W303]: layer 'a' cuts off [top 0, bottom 1, left 0, right 1], where layers of "
                        + "pytorch cut off no more at the end than at the start (write padding: [1, 1], output_padding: [1, 1] if the "
                        + "network was trained so)");
    }

    @Test
    void theOddRowAtTheStartIsNotCutOffByKeras() {
        assertEquals("cuts of transposed convolutions as the spec says",
                assumptions("pytorch", "1, output_padding: 1", "1", KERAS).getLast());
        assertReported(
                "net.yaml:5:3: warning[W303]: layer 'a' cuts off [top 1, bottom 0, left 1, right 0], where 'same' of "
                        + "keras is [top 0, bottom 1, left 0, right 1] (write padding: same if the network was trained so)");
    }

    @Test
    void whatTheWeightsWereTrainedWithIsNothingToSay() {
        assumptions("keras", "1, output_padding: 1", "same", PYTORCH);
        assertReported("");
        assumptions("pytorch", "[0, 1, 0, 1]", "1", KERAS);
        assertReported("");
    }

    @Test
    void anotherSizeThanThatOfSameIsMeantSo() {
        assumptions("pytorch", "1", "1", KERAS);
        assertReported("");
    }
}
