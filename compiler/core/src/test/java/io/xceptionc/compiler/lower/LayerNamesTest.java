package io.xceptionc.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.testing.SpecText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers without a name are called by their place. */
class LayerNamesTest {

    @Test
    void theKeywordAndItsCount() {
        assertEquals(List.of("relu", "sigmoid", "relu_2", "named", "relu_3"),
                names("- relu\n- sigmoid\n- relu\n- relu: {name: named}\n- relu\n"));
    }

    @Test
    void aRepeatAddsItsIndex() {
        assertEquals(List.of("repeat_0.relu", "repeat_0.relu_2", "repeat_1.relu", "repeat_1.relu_2"),
                names("- repeat: 2\n  layers: [relu, relu]\n"));
        assertEquals(List.of("repeat_5.relu", "repeat_3.relu", "repeat_1.relu", "repeat_minus_1.relu"),
                names("- repeat: 4\n  from: 5\n  step: -2\n  layers: [relu]\n"));
    }

    @Test
    void nestedRepeatsAddEachIndex() {
        assertEquals(List.of("repeat_0.1.relu", "repeat_0.2.relu", "repeat_1.1.relu", "repeat_1.2.relu"),
                names("- repeat: 2\n  layers:\n    - repeat: 2\n      from: 1\n      layers: [relu]\n"));
    }

    @Test
    void theSamePlaceTwiceGoesOnCounting() {
        assertEquals(List.of("repeat_0.relu", "repeat_0.relu_2"),
                names("- repeat: 1\n  layers: [relu]\n- repeat: 1\n  layers: [relu]\n"));
        assertEquals(List.of("repeat_7.relu", "repeat_7.relu_2"),
                names("- repeat: 2\n  from: 7\n  step: 0\n  layers: [relu]\n"));
    }

    @Test
    void aBlockAddsItsNameAndCount() {
        String blocks = "blocks: {unit: {layers: [relu, {block: inner}]}, inner: {layers: [softmax]}}\n";
        assertEquals(List.of("unit.relu", "unit.inner.softmax", "unit_2.relu", "unit_2.inner.softmax", "inner.softmax"),
                namesOf(blocks + "layers: [{block: unit}, {block: unit}, {block: inner}]\n"));
    }

    @Test
    void aBlockCanBeNamed() {
        String blocks = "blocks: {unit: {layers: [relu, {block: inner}]}, inner: {layers: [softmax]}}\n";
        assertEquals(List.of("a/b.relu", "a/b.inner.softmax"),
                namesOf(blocks + "layers: [{block: unit, name: a/b}]\n"));
    }

    @Test
    void aResidualIsCalledAdd() {
        assertEquals(List.of("relu", "shortcut.relu", "add", "relu_2", "shortcut.relu_2", "add_2"),
                names("- residual: {body: [relu], shortcut: [relu]}\n- residual: {shortcut: [relu], body: [relu]}\n"));
        assertEquals(List.of("relu", "add", "sum"),
                names("- residual: {name: sum, body: [residual: {body: [relu]}]}\n"));
    }

    @Test
    void branchesAreCountedFromOne() {
        assertEquals(List.of("branch_1.relu", "branch_2.relu", "concat", "branch_1.relu_2", "add"),
                names("- branches: {paths: [[relu], [relu], []]}\n- branches: {merge: add, paths: [[relu], []]}\n"));
    }

    @Test
    void anActivationIsCalledAfterItsLayer() {
        assertEquals(List.of("conv2d", "conv2d_activation", "fc", "fc_activation"), names("""
                - conv2d: {filters: 3, kernel: 1, activation: relu}
                - conv2d: {name: fc, filters: 3, kernel: 1, activation: softmax}
                """));
    }

    @Test
    void aSharedRepeatMarksEachFurtherUse() {
        assertEquals(List.of("x", "relu", "x@2", "relu@2", "x@3", "relu@3", "relu_2"), names("""
                - repeat: 3
                  weights: shared
                  layers: [conv2d: {name: x, filters: 16, kernel: 1}, relu]
                - relu
                """));
    }

    @Test
    void sharedRepeatsWithinOthers() {
        assertEquals(List.of("relu", "relu@2", "relu@3", "relu@4"), names("""
                - repeat: 2
                  weights: shared
                  layers:
                    - repeat: 2
                      weights: shared
                      layers: [relu]
                """));
        assertEquals(List.of("repeat_0.relu", "repeat_1.relu", "repeat_0.relu@2", "repeat_1.relu@2"), names("""
                - repeat: 2
                  weights: shared
                  layers:
                    - repeat: 2
                      layers: [relu]
                """));
        assertEquals(List.of("repeat_0.relu", "repeat_0.relu@2", "repeat_1.relu", "repeat_1.relu@2"), names("""
                - repeat: 2
                  layers:
                    - repeat: 2
                      weights: shared
                      layers: [relu]
                """));
    }

    @Test
    void activationsOfSharedLayersAreMarked() {
        assertEquals(List.of("c", "c_activation", "c@2", "c_activation@2"), names("""
                - repeat: 2
                  weights: shared
                  layers: [conv2d: {name: c, filters: 16, kernel: 1, activation: relu}]
                """));
    }

    @Test
    void variablesMakeNames() {
        assertEquals(List.of("a5_x.6", "a7_x.8"), names("""
                - repeat: 2
                  index: n
                  from: 5
                  step: 2
                  layers: [relu: {name: "a${n}_x.${n + 1}"}]
                """));
    }

    private static List<String> names(String layers) {
        return SpecText.ofLayers(layers).names();
    }

    private static List<String> namesOf(String rest) {
        return SpecText.of("model: m\ninput: {shape: [32, 32, 16]}\n" + rest).names();
    }
}
