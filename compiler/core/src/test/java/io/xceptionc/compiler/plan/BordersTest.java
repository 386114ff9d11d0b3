package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class BordersTest {

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(7, 8, 3);

    private static Window window(int kernel, int stride, int dilation, Padding padding) {
        return new Window(kernel, kernel, stride, stride, dilation, dilation, padding);
    }

    private Node conv(Window window) {
        return sketch.add(new GlobalPool2d(Reduction.MAX), sketch.add(sketch.conv2d(3, 4, window, 1, false), input));
    }

    private void assertBorder(Padding expected, Node... users) {
        Graph graph = sketch.build(users.length == 1 ? users[0] : sketch.add(new Concat(), users));
        assertEquals(expected, Borders.required(graph, input, Schedule.of(graph)));
    }

    @Test
    void paddingIsTheBorder() {
        assertBorder(new Padding(1, 2, 2, 1), conv(window(4, 1, 1, new Padding(1, 2, 2, 1))));
    }

    @Test
    void withoutPaddingThereIsNone() {
        assertBorder(Padding.NONE, conv(window(3, 1, 1, Padding.NONE)));
    }

    /** 7 rows and 8 columns, of which windows of 3 at every second place reach rows -1 to 7 and columns -1 to 7. */
    @Test
    void paddingThatNoWindowReachesIsLeftOut() {
        assertBorder(new Padding(1, 1, 1, 0), conv(window(3, 2, 1, new Padding(1, 2, 1, 1))));
    }

    @Test
    void dilationReachesFar() {
        assertBorder(new Padding(4, 4, 4, 4), conv(window(3, 1, 4, new Padding(4, 4, 4, 4))));
    }

    /** 19 rows and 21 columns of results are computed as 20 and 22. */
    @Test
    void squaresArePastTheEnd() {
        Node image = sketch.input(21, 23, 16);
        Node conv = sketch.add(sketch.conv2d(16, 4, window(3, 1, 1, Padding.NONE), 1, false), image);
        Graph graph = sketch.build(sketch.add(new GlobalPool2d(Reduction.MAX), conv));
        assertEquals(new Padding(0, 1, 0, 1), Borders.required(graph, image, Schedule.of(graph)));
    }

    @Test
    void theWidestOfAllUsersCounts() {
        assertBorder(new Padding(2, 1, 1, 2), conv(window(3, 1, 1, new Padding(2, 0, 0, 2))),
                conv(window(3, 1, 1, new Padding(1, 1, 1, 1))));
    }

    /** Pooling cuts its window at the edge of the image. */
    @Test
    void poolingNeedsNone() {
        Node pool = sketch.add(new Pool2d(Reduction.MAX, window(3, 1, 1, new Padding(1, 1, 1, 1)), false), input);
        assertBorder(Padding.NONE, sketch.add(new Add(), pool, input));
    }

    @Test
    void depthwiseHalvesSlide() {
        Node separable = sketch.add(sketch.separable(3, 1, 4, window(5, 1, 1, new Padding(2, 2, 2, 2)), false), input);
        assertBorder(new Padding(2, 2, 2, 2), separable);
        Node depthwise = sketch.add(sketch.depthwise(3, 1, window(3, 1, 1, new Padding(1, 1, 1, 1)), false), input);
        assertBorder(new Padding(1, 1, 1, 1), depthwise);
    }
}
