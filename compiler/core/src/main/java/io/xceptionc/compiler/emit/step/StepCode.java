package io.xceptionc.compiler.emit.step;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Input;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.RowsPlan;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.StepValue;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.SharedKernel;
import io.xceptionc.runtime.kernel.SlidingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The code of one step while it is put together: its statements, the constants that it names, the kernels that it
 * calls.
 */
public final class StepCode {

    private static final int PRODUCTS_OF_A_MOVE = 16;

    /** A constant of the generated class, with its Javadoc. */
    public record Field(Class<?> type, String meaning, CodeBlock value) {}

    private final Step step;
    private final MemoryPlan plan;
    private final Constants constants;
    private final Map<Node, String> methodNames;
    private final Map<Object, String> sharedNames;
    private final CodeBlock.Builder statements = CodeBlock.builder();
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final List<SharedKernel> sharedKernels = new ArrayList<>();

    /**
     * A step without statements.
     *
     * @param methodNames the methods of all steps
     * @param sharedNames the layouts and windows that have a name in the step's class, to which the step adds its own
     */
    public StepCode(Step step, MemoryPlan plan, Constants constants, Map<Node, String> methodNames,
            Map<Object, String> sharedNames) {
        this.step = step;
        this.plan = plan;
        this.constants = constants;
        this.methodNames = methodNames;
        this.sharedNames = sharedNames;
    }

    /** What is to be computed, where. */
    public Step step() {
        return step;
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

    /** Says in a comment what the statements that come next do. */
    public StepCode phase(String sentence) {
        statements.add("// $L\n", sentence);
        return this;
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

    /** A kernel of the runtime, as source. */
    public CodeBlock use(SharedKernel kernel) {
        sharedKernels.add(kernel);
        return Kernel.source(kernel);
    }

    /**
     * The name of a constant of the generated class that holds a layout, after its geometry; values that lie alike
     * share one.
     */
    public String layout(ImageLayout layout) {
        return sharedNames.computeIfAbsent(layout, _ -> {
            String name = "LAYOUT_" + extents(layout) + "_AT_" + layout.byteOffset() + border(layout);
            fields.put(name, new Field(ImageLayout.class, meaning(layout), layoutValue(layout)));
            return name;
        });
    }

    private static String extents(ImageLayout layout) {
        if (layout.spare() == 0) {
            return "OF_" + layout.channels();
        }
        String image = layout.height() + "X" + layout.width() + "X" + layout.channels();
        return layout.blockChannels() == ImageLayout.CHANNELS ? image : image + "_PIXELS";
    }

    private static String border(ImageLayout layout) {
        List<Integer> sides = List.of(layout.top(), layout.bottom(), layout.left(), layout.right());
        String extents = sides.stream().distinct().count() == 1
                ? sides.getFirst().toString()
                : sides.stream().map(String::valueOf).collect(Collectors.joining("X"));
        return layout.hasBorder() ? "_BORDER_" + extents : "";
    }

    private static String meaning(ImageLayout layout) {
        String border = layout.hasBorder()
                ? " within a border of %d and %d rows, %d and %d columns".formatted(layout.top(), layout.bottom(),
                        layout.left(), layout.right())
                : "";
        String blocks = layout.blockChannels() == ImageLayout.CHANNELS ? "blocks" : "pixels";
        return "%d x %d x %d from byte %d on, in %s of %d channels%s.".formatted(layout.height(), layout.width(),
                layout.channels(), layout.byteOffset(), blocks, layout.blockChannels(), border);
    }

    /**
     * The name of a constant of the generated class that holds a window, after its geometry; equal windows share one.
     */
    public String window(Window window) {
        SlidingWindow sliding = new SlidingWindow(window.kernelHeight(), window.kernelWidth(), window.strideHeight(),
                window.strideWidth(), window.dilationHeight(), window.dilationWidth(), window.padding().top(),
                window.padding().left());
        return sharedNames.computeIfAbsent(sliding, _ -> {
            String name = "WINDOW_" + sliding.kernelHeight() + "X" + sliding.kernelWidth()
                    + suffix("STRIDE", sliding.strideHeight(), sliding.strideWidth(), 1)
                    + suffix("DILATION", sliding.dilationHeight(), sliding.dilationWidth(), 1)
                    + suffix("PADDING", sliding.paddingTop(), sliding.paddingLeft(), 0);
            fields.put(name, new Field(SlidingWindow.class, meaning(sliding), windowValue(sliding)));
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

    /*-
     * SlidingWindow.of(3, 3).withStride(2, 2).withPadding(1, 1)
     */
    private static CodeBlock windowValue(SlidingWindow window) {
        CodeBlock.Builder value = CodeBlock.builder().add("\n$>$>$T.of($L, $L)", SlidingWindow.class,
                window.kernelHeight(), window.kernelWidth());
        addUnless(value, "withStride", window.strideHeight(), window.strideWidth(), 1);
        addUnless(value, "withDilation", window.dilationHeight(), window.dilationWidth(), 1);
        addUnless(value, "withPadding", window.paddingTop(), window.paddingLeft(), 0);
        return value.add("$<$<").build();
    }

    private static void addUnless(CodeBlock.Builder value, String method, int rows, int columns, int usual) {
        if (rows != usual || columns != usual) {
            value.add(".$L($L, $L)", method, rows, columns);
        }
    }

    /*-
     * ImageLayout.ofBlocks(147, 147, 64).within(1, 1, 1, 1).at(22431744)
     */
    private static CodeBlock layoutValue(ImageLayout layout) {
        CodeBlock.Builder value = CodeBlock.builder().add("\n$>$>$T.", ImageLayout.class);
        if (layout.spare() == 0) {
            value.add("ofVector($L)", layout.channels());
        } else {
            value.add("$L($L, $L, $L)", layout.blockChannels() == ImageLayout.CHANNELS ? "ofBlocks" : "ofPixels",
                    layout.height(), layout.width(), layout.channels());
        }
        if (layout.hasBorder()) {
            value.add(".within($L, $L, $L, $L)", layout.top(), layout.bottom(), layout.left(), layout.right());
        }
        return value.add(".at($L)$<$<", literal(layout.byteOffset())).build();
    }

    /** The name of a constant of the generated class; its meaning has {@code %s} for the step's name. */
    public String constant(String suffix, Class<?> type, String meaning, String format, Object... arguments) {
        String name = Names.constantName(methodName()) + "_" + suffix;
        fields.put(name,
                new Field(type, meaning.formatted(Names.inComment(step.firstNode().name())),
                        wrapped(format, arguments)));
        return name;
    }

    private static CodeBlock wrapped(String format, Object... arguments) {
        return CodeBlock.of("\n$>$>$L$<$<", call(format, arguments));
    }

    /** A call whose arguments go on in the next line where they are too many for one. */
    public static CodeBlock call(String format, Object... arguments) {
        return CodeBlock.of(format.replace(", ", ",$W"), arguments);
    }

    /**
     * A measure of the time that it takes; nothing for the steps that touch the caller's memory, or have little left to
     * do.
     */
    public long work() {
        Node node = step.firstNode();
        if (node.op() instanceof Input || node.op() instanceof Output) {
            return 0;
        }
        return step.multiplyAccumulates() / PRODUCTS_OF_A_MOVE
                + Math.max(node.type().elementCount(), node.input().type().elementCount());
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
        String operators = step.nodes().stream().map(node -> node.op().keyword()).collect(Collectors.joining("+"));
        return new ModelStep(step.name(), operators, kernelNames(),
                step.multiplyAccumulates(), step.movedElements() * Float.BYTES);
    }

    private List<String> kernelNames() {
        return Stream.concat(sharedKernels.stream().map(SharedKernel::label), kernels.stream().map(Kernel::name))
                .distinct().toList();
    }

    /** Where the step leaves what it yields; the result, which goes to the caller, stands row-major. */
    public StepValue value(boolean isLayer) {
        Node node = step.node();
        ImageLayout layout = step.output();
        List<String> layers = step.nodes().stream().flatMap(each -> each.origins().stream()).map(Node.Origin::name)
                .distinct().toList();
        if (node.op() instanceof Output) {
            long pixelBytes = node.type().channels() * (long) Float.BYTES;
            return new StepValue(node.type().dimensions(), 0, 0, node.type().width() * pixelBytes, pixelBytes,
                    node.type().channels(), layers, isLayer);
        }
        return new StepValue(node.type().dimensions(), layout.origin(0), layout.blockBytes(), layout.rowBytes(),
                layout.pixelBytes(), layout.blockChannels(), layers, isLayer);
    }

    public String methodName() {
        return methodNames.get(step.firstNode());
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

    /** The kernels of the runtime that the step calls, or a kernel of its own does. */
    public Stream<SharedKernel> sharedKernels() {
        return Stream.concat(sharedKernels.stream(),
                kernels.stream().flatMap(kernel -> kernel.sharedKernels().stream()));
    }
}
