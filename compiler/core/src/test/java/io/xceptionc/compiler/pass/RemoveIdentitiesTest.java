package io.xceptionc.compiler.pass;

import static io.xceptionc.compiler.pass.PassAssertions.SAME_3X3;
import static io.xceptionc.compiler.pass.PassAssertions.assertLeaves;
import static io.xceptionc.compiler.pass.PassAssertions.assertRewrites;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Dropout;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.RepeatChannels;
import io.xceptionc.compiler.graph.op.ZeroPad2d;
import io.xceptionc.compiler.testing.Sketch;
import org.junit.jupiter.api.Test;

class RemoveIdentitiesTest {

    private static final Pass PASS = new RemoveIdentities();
    private static final Activate RELU = new Activate(Activation.RELU);
    private static final Activate RELU6 = new Activate(Activation.RELU6);

    private final Sketch sketch = new Sketch(1);

    @Test
    void removesWhatHandsItsInputOn() {
        Node x = sketch.add(new Dropout(), sketch.input(2, 2, 3));
        x = sketch.add(new ZeroPad2d(Padding.NONE), sketch.add(new Activate(Activation.IDENTITY), x));
        x = sketch.add(sketch.conv2d(3, 2, SAME_3X3, 1, true), x);
        x = sketch.add(new RepeatChannels(1), sketch.add(new Concat(), sketch.add(new Add(), x)));
        x = sketch.add(new Flatten(true), sketch.add(new GlobalPool2d(Reduction.MEAN), x));
        assertRewrites(PASS, sketch.build(x), """
                input: input -> [2, 2, 3]
                dropout: dropout input -> [2, 2, 3]
                identity: identity dropout -> [2, 2, 3]
                zero_pad2d: zero_pad2d([0, 0, 0, 0]) identity -> [2, 2, 3]
                conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) zero_pad2d -> [2, 2, 2]
                add: add conv2d -> [2, 2, 2]
                concat: concat add -> [2, 2, 2]
                repeat_channels: repeat_channels(1) concat -> [2, 2, 2]
                global_avg_pool2d: global_avg_pool2d repeat_channels -> [2]
                flatten: flatten(channels first) global_avg_pool2d -> [2]
                output: output flatten -> [2]
                """,
                """
                        input: input -> [2, 2, 3]  # input, dropout, identity, zero_pad2d
                        conv2d: conv2d(3x3, padding [1, 1, 1, 1], bias) input -> [2, 2, 2]  # conv2d, add, concat, repeat_channels
                        global_avg_pool2d: global_avg_pool2d conv2d -> [2]  # global_avg_pool2d, flatten
                        output: output global_avg_pool2d -> [2]
                        """);
    }

    @Test
    void removesAClampOfWhatIsClamped() {
        Node relu6 = sketch.add(RELU6, sketch.input(2, 2, 3));
        Node again = sketch.add(RELU, sketch.add(new Dropout(), relu6));
        Node sum = sketch.add(new Add(), again, sketch.add(RELU6, again), relu6);
        assertRewrites(PASS, sketch.build(sum), """
                input: input -> [2, 2, 3]
                relu6: relu6 input -> [2, 2, 3]
                dropout: dropout relu6 -> [2, 2, 3]
                relu: relu dropout -> [2, 2, 3]
                relu6_2: relu6 relu -> [2, 2, 3]
                add: add relu, relu6_2, relu6 -> [2, 2, 3]
                output: output add -> [2, 2, 3]
                """, """
                input: input -> [2, 2, 3]
                relu6: relu6 input -> [2, 2, 3]  # relu6, dropout, relu, relu6_2
                add: add relu6, relu6, relu6 -> [2, 2, 3]
                output: output add -> [2, 2, 3]
                """);
    }

    @Test
    void keepsWhatChangesItsInput() {
        Node x = sketch.add(new ZeroPad2d(new Padding(0, 1, 0, 0)), sketch.input(1, 1, 3));
        x = sketch.add(new Activate(new Activation(Activation.Kind.LEAKY_RELU, 0.5f)), x);
        x = sketch.add(RELU6, sketch.add(RELU, x));
        x = sketch.add(new Flatten(false), sketch.add(new Add(), x, x));
        assertLeaves(PASS, sketch.build(x));
    }

    @Test
    void keepsTheOnePixelThatIsFlattened() {
        assertLeaves(PASS, sketch.build(sketch.add(new Flatten(false), sketch.input(1, 1, 3))));
    }
}
