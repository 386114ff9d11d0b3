package io.xceptionc.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Add;
import io.xceptionc.compiler.graph.op.Concat;
import io.xceptionc.compiler.graph.op.Flatten;
import io.xceptionc.compiler.graph.op.Fusion;
import io.xceptionc.compiler.graph.op.GlobalPool2d;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Pool2d;
import io.xceptionc.compiler.graph.op.Reduction;
import io.xceptionc.compiler.graph.op.Softmax;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.testing.Sketch;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Shows the values of each buffer, a line a buffer. */
class SharingTest {

    private static final Window SAME_3X3 = new Window(3, 3, 1, 1, 1, 1, new Padding(1, 1, 1, 1));
    private static final Activate SWISH = new Activate(new Activation(Activation.Kind.SWISH, 0));

    private final Sketch sketch = new Sketch(1);
    private final Node input = sketch.input(4, 5, 32);

    private Node conv(String name, Node x, int filters) {
        return sketch.add(name, sketch.conv2d(x.type().channels(), filters, Window.POINTWISE, 1, false), x);
    }

    private Node conv3x3(String name, Node x, int filters) {
        return sketch.add(name, sketch.conv2d(x.type().channels(), filters, SAME_3X3, 1, false), x);
    }

    private Node residual(String name, Node x, Node residual) {
        Op op = sketch.conv2d(x.type().channels(), residual.type().channels(), Window.POINTWISE, 1, false)
                .withFusion(Fusion.NONE.withResidual());
        return sketch.add(name, op, x, residual);
    }

    private void assertBuffers(String expected, Node last) {
        MemoryPlan plan = Planner.plan(sketch.build(last));
        assertEquals(expected, plan.buffers().stream()
                .map(buffer -> buffer.values().stream().map(Node::name).collect(Collectors.joining(" ")))
                .sorted().collect(Collectors.joining("\n")) + "\n");
    }

    private static List<Boolean> copied(MemoryPlan plan, Node concat) {
        return plan.steps().get(plan.graph().nodes().indexOf(concat)).copiedInputs();
    }

    @Test
    void aResultTakesThePlaceOfItsLastReadResidual() {
        Node a = conv("a", input, 32);
        assertBuffers("""
                a
                input b
                """, residual("b", a, input));
    }

    @Test
    void aResidualThatIsReadLaterStays() {
        Node a = conv("a", input, 32);
        Node b = residual("b", a, input);
        assertBuffers("""
                a
                b sum
                input
                """, sketch.add("sum", new Add(), b, input));
    }

    @Test
    void aConvolutionDoesNotWriteOverWhatItsWindowReads() {
        assertBuffers("""
                a
                input
                """, residual("a", input, input));
    }

    @Test
    void aResidualWithAnotherBorderStays() {
        Node a = conv("a", input, 32);
        Node b = residual("b", a, input);
        assertBuffers("""
                a
                b
                c
                input
                """, conv3x3("c", b, 3));
    }

    @Test
    void elementsAreComputedInPlace() {
        Node a = sketch.add("a", SWISH, conv("conv", input, 40));
        Node b = sketch.add("b", sketch.affine(40), a);
        assertBuffers("""
                conv a b
                input
                """, b);
    }

    @Test
    void aSumTakesThePlaceOfItsFirstOrSecondTerm() {
        Node a = conv("a", input, 32);
        Node b = conv("b", input, 32);
        Node sum = sketch.add("sum", new Add(), a, b, input);
        assertBuffers("""
                a sum
                b
                input
                """, sum);
        Node c = conv("c", sum, 32);
        Node second = sketch.add("second", new Add(), a, c, a);
        assertBuffers("""
                a
                b sum
                c second
                input
                """, second);
    }

    @Test
    void theDoubleOfAValueHasMemoryOfItsOwn() {
        Node a = conv("a", input, 32);
        assertBuffers("""
                a
                input
                sum
                """, sketch.add("sum", new Add(), a, a));
    }

    @Test
    void poolingAndSoftmaxAreNotComputedInPlace() {
        Node a = sketch.add("a", new Softmax(), input);
        Node b = sketch.add("b", new Pool2d(Reduction.MAX, SAME_3X3, false), a);
        assertBuffers("""
                a
                b
                input
                """, b);
    }

    @Test
    void theOutputHasNoBuffer() {
        assertBuffers("""
                input
                """, input);
    }

    @Test
    void partsOfAConcatenationLieInIt() {
        Node a = conv("a", input, 64);
        Node b = conv("b", input, 32);
        Node c = conv("c", input, 7);
        Node whole = sketch.add("whole", new Concat(), a, b, c);
        assertBuffers("""
                a b c whole
                input
                """, whole);
        MemoryPlan plan = Planner.plan(sketch.build(whole));
        assertEquals(List.of(false, false, false), copied(plan, whole));
    }

    @Test
    void partsThatDoNotBeginAtABlockAreCopied() {
        Node a = conv("a", input, 33);
        Node b = conv("b", input, 32);
        Node whole = sketch.add("whole", new Concat(), b, a, conv("c", input, 32));
        MemoryPlan plan = Planner.plan(sketch.build(whole));
        assertEquals(List.of(false, true, true), copied(plan, whole));
        assertBuffers("""
                a
                b whole
                c
                input
                """, whole);
    }

    @Test
    void partsThatOthersReadAndTheInputAreCopied() {
        Node a = conv("a", input, 32);
        Node whole = sketch.add("whole", new Concat(), input, a, conv("b", a, 32));
        MemoryPlan plan = Planner.plan(sketch.build(whole));
        assertEquals(List.of(true, true, false), copied(plan, whole));
    }

    /** As in a dense block, in which each layer reads all that is there and adds to it. */
    @Test
    void theGreaterPartLiesInTheWholeEvenIfOthersReadIt() {
        Node a = conv("a", input, 64);
        Node ab = sketch.add("ab", new Concat(), a, conv("b", a, 32));
        Node abc = sketch.add("abc", new Concat(), ab, conv("c", sketch.add("swish", SWISH, ab), 32));
        MemoryPlan plan = Planner.plan(sketch.build(abc));
        assertEquals(List.of(false, false), copied(plan, ab));
        assertEquals(List.of(false, false), copied(plan, abc));
        assertBuffers("""
                a b ab c abc
                input
                swish
                """, abc);
    }

    @Test
    void theGreaterPartOfTwoConcatenationsIsCopied() {
        Node a = conv("a", input, 64);
        Node first = sketch.add("first", new Concat(), a, conv("b", a, 32));
        Node second = sketch.add("second", new Concat(), a, conv("c", first, 32));
        MemoryPlan plan = Planner.plan(sketch.build(second));
        assertEquals(List.of(true, false), copied(plan, first));
        assertEquals(List.of(true, false), copied(plan, second));
    }

    @Test
    void theGreaterPartWithAWiderBorderIsCopied() {
        Node a = conv("a", input, 64);
        Node whole = sketch.add("whole", new Concat(), a, conv3x3("b", a, 32));
        assertEquals(List.of(true, false), copied(Planner.plan(sketch.build(whole)), whole));
    }

    @Test
    void aValueThatComesTwiceIsCopied() {
        Node a = conv("a", input, 32);
        Node whole = sketch.add("whole", new Concat(), a, a);
        assertEquals(List.of(true, true), copied(Planner.plan(sketch.build(whole)), whole));
    }

    @Test
    void concatenationsLieInConcatenations() {
        Node inner = sketch.add("inner", new Concat(), conv("a", input, 32), conv("b", input, 32));
        Node outer = sketch.add("outer", new Concat(), conv("c", input, 32), inner);
        assertBuffers("""
                c a b inner outer
                input
                """, outer);
    }

    @Test
    void aPartOfAConcatenationIsNeitherOverwrittenNorOverwrites() {
        Node a = conv("a", input, 32);
        Node part = sketch.add("part", SWISH, a);
        Node whole = sketch.add("whole", new Concat(), part, conv("b", input, 32));
        assertBuffers("""
                a
                input
                part b whole
                """, whole);
        assertBuffers("""
                a
                input
                part b whole
                swish
                """, sketch.add("swish", SWISH, whole));
    }

    @Test
    void aPartTakesTheBorderOfTheWhole() {
        Node a = conv("a", input, 32);
        Node whole = sketch.add("whole", new Concat(), a, conv("b", input, 32));
        Node last = conv3x3("last", whole, 3);
        MemoryPlan plan = Planner.plan(sketch.build(last));
        assertEquals(List.of(false, false), copied(plan, whole));
        assertEquals(List.of(1, 1, 1, 1), plan.steps().stream().filter(step -> step.node() == a)
                .flatMap(step -> List.of(step.output().top(), step.output().bottom(), step.output().left(),
                        step.output().right()).stream())
                .toList());
    }

    @Test
    void vectorsStandTogether() {
        Node flat = sketch.add("flat", new Flatten(false), input);
        Node pooled = sketch.add("pooled", new GlobalPool2d(Reduction.MEAN), input);
        Node whole = sketch.add("whole", new Concat(), flat, pooled);
        assertBuffers("""
                flat pooled whole
                input
                """, whole);
    }
}
