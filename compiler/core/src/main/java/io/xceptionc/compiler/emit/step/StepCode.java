package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.plan.Computation;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.RowsPlan;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.StepValue;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SlidingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The code of one step while it is put together: its statements, the constants that it names, the kernels that it calls.
 */
public final class StepCode {

    private static final int PRODUCTS_OF_A_MOVE = 16;

    /** A constant of the generated class, with its Javadoc. */
    public record Field(Class<?> type, String meaning, CodeBlock value) {}

    private final Step step;
    private final Optional<Step> pool;
    private final MemoryPlan plan;
    private final Constants constants;
    private final Map<Node, String> methodNames;
    private final Map<Object, String> sharedNames;
    private final CodeBlock.Builder statements = CodeBlock.builder();
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();

    /**
     * A step without statements.
     *
     * @param pool the pool that it does, too, row by row, if there is one
     * @param methodNames the methods of all steps
     * @param sharedNames the layouts and windows that have a name in the step's class, to which the step adds its own
     */
    public StepCode(Step step, Optional<Step> pool, MemoryPlan plan, Constants constants, Map<Node, String> methodNames,
            Map<Object, String> sharedNames) {
        this.step = step;
        this.pool = pool;
        this.plan = plan;
        this.constants = constants;
        this.methodNames = methodNames;
        this.sharedNames = sharedNames;
    }

    /** What is to be computed, where. */
    public Step step() {
        return step;
    }

    /** The pool that the step does, too, row by row, if there is one. */
    public Optional<Step> pool() {
        return pool;
    }

    /** Which of the outputs the step hands out; empty where there is one, which needs no number. */
    public Optional<Integer> output() {
        List<Node> outputs = plan.graph().outputs();
        return outputs.size() == 1 ? Optional.empty() : Optional.of(outputs.indexOf(step.node()));
    }

    /** How the matrix rows of products lie. */
    public RowsPlan rows() {
        return plan.rows();
    }

    /** The blob that the step's weights go to. */
    public Constants constants() {
        return constants;
    }

    /** Adds statements. */
    public StepCode add(String format, Object... arguments) {
        statements.add(format, arguments);
        return this;
    }

    /** The method's name of a kernel, which is emitted. */
    public String use(Kernel kernel) {
        kernels.add(kernel);
        return kernel.name();
    }

    /** The name of a constant of the generated class that holds a layout; values that lie alike share one. */
    public String layout(ImageLayout layout) {
        return sharedNames.computeIfAbsent(layout, _ -> {
            Node node = valueAt(layout);
            String name = Names.constantName(methodNames.get(node)) + "_LAYOUT";
            String meaning = "Where " + Names.inComment(node.name()) + " lies, " + node.type()
                    + (layout.hasBorder() ? " within a border." : ".");
            fields.put(name, new Field(ImageLayout.class, meaning, layoutValue(layout)));
            return name;
        });
    }

    /** The name of a constant of the generated class that holds a window, after its geometry; equal windows share one. */
    public String window(Window window) {
        SlidingWindow sliding = new SlidingWindow(window.kernelHeight(), window.kernelWidth(), window.strideHeight(),
                window.strideWidth(), window.dilationHeight(), window.dilationWidth(), window.padding().top(),
                window.padding().left());
        return sharedNames.computeIfAbsent(sliding, _ -> {
            String name = "WINDOW_" + sliding.kernelHeight() + "X" + sliding.kernelWidth()
                    + suffix("STRIDE", sliding.strideHeight(), sliding.strideWidth(), 1)
                    + suffix("DILATION", sliding.dilationHeight(), sliding.dilationWidth(), 1)
                    + suffix("PADDING", sliding.paddingTop(), sliding.paddingLeft(), 0);
            fields.put(name, new Field(SlidingWindow.class, meaning(sliding), wrapped(
                    "new $T($L, $L, $L, $L, $L, $L, $L, $L)", SlidingWindow.class, sliding.kernelHeight(),
                    sliding.kernelWidth(), sliding.strideHeight(), sliding.strideWidth(), sliding.dilationHeight(),
                    sliding.dilationWidth(), sliding.paddingTop(), sliding.paddingLeft())));
            return name;
        });
    }

    private static String meaning(SlidingWindow window) {
        return "A window of %d x %d that slides by %d x %d%s%s.".formatted(window.kernelHeight(), window.kernelWidth(),
                window.strideHeight(), window.strideWidth(),
                window.dilationHeight() == 1 && window.dilationWidth() == 1
                        ? ""
                        : ", taps %d x %d apart".formatted(window.dilationHeight(), window.dilationWidth()),
                window.paddingTop() == 0 && window.paddingLeft() == 0
                        ? ""
                        : ", with %d and %d of padding above and before".formatted(window.paddingTop(),
                                window.paddingLeft()));
    }

    private static String suffix(String word, int rows, int columns, int usual) {
        return rows == usual && columns == usual
                ? ""
                : "_" + word + "_" + rows + (rows == columns ? "" : "X" + columns);
    }

    private Node valueAt(ImageLayout layout) {
        if (pool.isPresent() && layout.equals(pool.get().output())) {
            return pool.get().node();
        }
        int input = step.inputs().indexOf(layout);
        return input < 0 || layout.equals(step.output()) ? step.node() : step.node().inputs().get(input);
    }

    private static CodeBlock layoutValue(ImageLayout layout) {
        return wrapped("new $T($L, $L, $L, $L, $L, $L, $L, $L, $L, $L)", ImageLayout.class,
                literal(layout.byteOffset()), layout.height(), layout.width(),
                layout.channels(), layout.blockChannels(), layout.top(), layout.bottom(), layout.left(), layout.right(),
                layout.spare());
    }

    /** The name of a constant of the generated class; its meaning has {@code %s} for the step's name. */
    public String constant(String suffix, Class<?> type, String meaning, String format, Object... arguments) {
        String name = Names.constantName(methodName()) + "_" + suffix;
        fields.put(name,
                new Field(type, meaning.formatted(Names.inComment(step.node().name())), wrapped(format, arguments)));
        return name;
    }

    private static CodeBlock wrapped(String format, Object... arguments) {
        return CodeBlock.of("\n$>$>$L$<$<", call(format, arguments));
    }

    /** A call whose arguments go on in the next line where they are too many for one. */
    public static CodeBlock call(String format, Object... arguments) {
        return CodeBlock.of(format.replace(", ", ",$W"), arguments);
    }

    /** A measure of the time that it takes; nothing for the steps that touch the caller's memory, or have little left to do. */
    public long work() {
        Node node = step.node();
        if (node.op() instanceof Input || node.op() instanceof Output
                || step.computation() instanceof Computation.PoolAlong) {
            return 0;
        }
        return multiplyAccumulates() / PRODUCTS_OF_A_MOVE
                + Math.max(node.type().elementCount(), node.input().type().elementCount());
    }

    private long multiplyAccumulates() {
        Node node = step.node();
        return node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList());
    }

    /** A number of bytes as Java writes it. */
    public static String literal(long bytes) {
        return bytes > Integer.MAX_VALUE ? bytes + "L" : Long.toString(bytes);
    }

    /** A bound as Java writes it. */
    public static CodeBlock literal(float value) {
        if (Float.isInfinite(value)) {
            return CodeBlock.of("$T.$L", Float.class, value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return CodeBlock.of("$L", value == (int) value ? Integer.toString((int) value) : value + "f");
    }

    /** What the model tells of the step. */
    public ModelStep summary() {
        Node node = step.node();
        return new ModelStep(node.name(), node.op().keyword(), kernels.stream().map(Kernel::name).distinct().toList(),
                multiplyAccumulates(), step.movedElements() * Float.BYTES);
    }

    /** Where the step leaves what it yields; the result, which goes to the caller, stands row-major. */
    public StepValue value(boolean isLayer) {
        Node node = step.node();
        ImageLayout layout = step.output();
        List<String> layers = node.origins().stream().map(Node.Origin::name).toList();
        if (node.op() instanceof Output) {
            long pixelBytes = node.type().channels() * (long) Float.BYTES;
            return new StepValue(node.type().dimensions(), 0, 0, node.type().width() * pixelBytes, pixelBytes,
                    node.type().channels(), layers, isLayer);
        }
        return new StepValue(node.type().dimensions(), layout.origin(0), layout.blockBytes(), layout.rowBytes(),
                layout.pixelBytes(), layout.blockChannels(), layers, isLayer);
    }

    public String methodName() {
        return methodNames.get(step.node());
    }

    /** Whether there is nothing to do, as where a concatenation finds all its parts in their places. */
    public boolean isEmpty() {
        return statements.isEmpty();
    }

    public CodeBlock statements() {
        return statements.build();
    }

    public SequencedMap<String, Field> fields() {
        return fields;
    }

    public List<Kernel> kernels() {
        return kernels;
    }
}
