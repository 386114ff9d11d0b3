package io.xceptionc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.RowsLayout;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.kernel.ImageLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The code of one step while it is put together: its statements, the constants that it names, the kernels that it calls.
 */
public final class StepCode {

    /** A constant of the generated class. */
    record Field(Class<?> type, CodeBlock value) {}

    private final Step step;
    private final MemoryPlan plan;
    private final Constants constants;
    private final String methodName;
    private final CodeBlock.Builder statements = CodeBlock.builder();
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final Map<ImageLayout, String> layoutNames;

    StepCode(Step step, MemoryPlan plan, Constants constants, String methodName, Map<ImageLayout, String> layoutNames) {
        this.step = step;
        this.plan = plan;
        this.constants = constants;
        this.methodName = methodName;
        this.layoutNames = layoutNames;
    }

    /** What is to be computed, where. */
    public Step step() {
        return step;
    }

    /** How the matrix rows of a product of some depth lie. */
    public RowsLayout rows(int depth) {
        return plan.rows().forDepth(depth);
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
        return layoutNames.computeIfAbsent(layout, _ -> {
            String name = Names.constantName(methodName) + "_"
                    + (layoutNames.containsValue(Names.constantName(methodName) + "_LAYOUT")
                            ? "LAYOUT_" + layoutNames.size()
                            : "LAYOUT");
            fields.put(name, new Field(ImageLayout.class, layoutValue(layout)));
            return name;
        });
    }

    private static CodeBlock layoutValue(ImageLayout layout) {
        return CodeBlock.of("new $T($L, $L, $L, $L, $L, $L, $L, $L, $L, $L)", ImageLayout.class,
                literal(layout.byteOffset()), layout.height(), layout.width(),
                layout.channels(), layout.blockChannels(), layout.top(), layout.bottom(), layout.left(), layout.right(),
                layout.spare());
    }

    /** The name of a constant of the generated class. */
    public String constant(String suffix, Class<?> type, String format, Object... arguments) {
        String name = Names.constantName(methodName) + "_" + suffix;
        fields.put(name, new Field(type, CodeBlock.of(format, arguments)));
        return name;
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

    String methodName() {
        return methodName;
    }

    CodeBlock statements() {
        return statements.build();
    }

    SequencedMap<String, Field> fields() {
        return fields;
    }

    List<Kernel> kernels() {
        return kernels;
    }
}
