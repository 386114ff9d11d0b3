package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.kernel.KernelSteps;
import io.xceptionc.compiler.emit.kernel.VectorWidth;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Emits a planned network as Java: one class with a method for each step, and the kernels that the steps call. */
public final class ModelEmitter {

    private static final String[] RESERVED = {"runStep", "stepCount", "stepName", "isParallel", "arenaBytes",
        "rowsBytes", "vectorBits", "split", "kernels",
        "getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize"};
    private static final long LEAST_PARALLEL_WORK = 250_000;

    private final MemoryPlan plan;
    private final ClassName className;
    private final ClassName kernelsName;
    private final Constants constants = new Constants();
    private final List<StepCode> steps = new ArrayList<>();

    private ModelEmitter(MemoryPlan plan, String packageName) {
        this.plan = plan;
        className = ClassName.get(packageName, Names.className(plan.graph().name()));
        kernelsName = className.peerClass(className.simpleName() + "Kernels");
        Names methodNames = new Names(RESERVED);
        Map<ImageLayout, String> layoutNames = new HashMap<>();
        for (Step step : plan.steps()) {
            StepCode code =
                    new StepCode(step, plan, constants, methodNames.methodName(step.node().name()), layoutNames);
            KernelSteps.emit(code);
            if (!code.statements().isEmpty()) {
                steps.add(code);
            }
        }
    }

    /** The source of a planned network in a package of its own, and its constants. */
    public static GeneratedModel emit(MemoryPlan plan, String packageName) {
        return new ModelEmitter(plan, packageName).emit();
    }

    private GeneratedModel emit() {
        TreeSet<Kernel> kernels = new TreeSet<>(Comparator.comparing(Kernel::name));
        steps.forEach(step -> kernels.addAll(step.kernels()));
        KernelsEmitter emitter = new KernelsEmitter(kernelsName, kernels);
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        add(sources, network());
        add(sources, emitter.base());
        for (VectorWidth width : VectorWidth.values()) {
            add(sources, emitter.implementation(width));
        }
        Map<String, SourceSpan> spans =
                steps.stream().collect(Collectors.toMap(StepCode::methodName, step -> step.step().node().span()));
        return new GeneratedModel(className.canonicalName(), sources, constants, spans);
    }

    private void add(SequencedMap<String, String> sources, TypeSpec type) {
        JavaFile file =
                JavaFile.builder(className.packageName(), type).indent("    ").skipJavaLangImports(true).build();
        sources.put(className.packageName().replace('.', '/') + "/" + type.name() + ".java", file.toString());
    }

    private TypeSpec network() {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(className).addModifiers(Modifier.PUBLIC, Modifier.FINAL).superclass(Network.class)
                        .addJavadoc("The network {@code $L}, $L to $L, NHWC, float32, compiled by xceptionc.\n",
                                plan.graph().name(),
                                plan.graph().input().type(), plan.graph().output().type());
        for (StepCode step : steps) {
            step.fields().forEach((name, field) -> type.addField(
                    FieldSpec.builder(field.type(), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                            .initializer(field.value()).build()));
        }
        type.addField(FieldSpec.builder(String[].class, "STEP_NAMES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(stepNames()).build());
        type.addField(FieldSpec.builder(kernelsName, "kernels", Modifier.PRIVATE, Modifier.FINAL).build());
        return type.addMethod(constructor()).addMethods(answers()).addMethod(runStep())
                .addMethods(steps.stream().map(this::method).toList()).build();
    }

    private CodeBlock stepNames() {
        return steps.stream().map(step -> CodeBlock.of("$S", step.step().node().name()))
                .collect(CodeBlock.joining(", ", "{ ", " }"));
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC).addJavadoc(
                "With vectors of 128, 256 or 512 bits; 0 for what the machine prefers.\n")
                .addParameter(int.class, "vectorBits")
                .addStatement("kernels = $T.ofWidth(vectorBits)", kernelsName).build();
    }

    private List<MethodSpec> answers() {
        return List.of(answer("stepCount", int.class, CodeBlock.of("STEP_NAMES.length")),
                override("stepName", String.class).addParameter(int.class, "step")
                        .addStatement("return STEP_NAMES[step]").build(),
                override("isParallel", boolean.class).addParameter(int.class, "step").addCode(isParallel()).build(),
                answer("warmUpSteps", int[].class, CodeBlock.of("new int[] { $L }", warmUpSteps())),
                answer("arenaBytes", long.class, CodeBlock.of("$L", StepCode.literal(plan.arenaBytes()))),
                answer("rowsBytes", long.class, CodeBlock.of("$L", StepCode.literal(plan.rows().bytes()))),
                answer("vectorBits", int.class, CodeBlock.of("kernels.vectorBits()")));
    }

    private static MethodSpec.Builder override(String name, Class<?> type) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC).returns(type);
    }

    private static MethodSpec answer(String name, Class<?> type, CodeBlock value) {
        return override(name, type).addStatement("return $L", value).build();
    }

    private CodeBlock isParallel() {
        List<String> short_ = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (work(steps.get(i).step().node()) < LEAST_PARALLEL_WORK) {
                short_.add(Integer.toString(i));
            }
        }
        if (short_.isEmpty()) {
            return CodeBlock.of("return true;\n");
        }
        return CodeBlock.of("return switch (step) {\n    case $L -> false;\n    default -> true;\n};\n",
                String.join(", ", short_));
    }

    private String warmUpSteps() {
        Map<String, Integer> cheapest = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            for (Kernel kernel : steps.get(i).kernels()) {
                cheapest.merge(kernel.name(), i, (a, b) -> workOfPixel(b) < workOfPixel(a) ? b : a);
            }
        }
        return cheapest.values().stream().distinct().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private long workOfPixel(int step) {
        Node node = steps.get(step).step().node();
        return work(node) / node.type().pixelCount();
    }

    private static long work(Node node) {
        long products = node.op().multiplyAccumulates(node.inputs().stream().map(Node::type).toList()) / 16;
        long moves = node.op() instanceof Output
                ? 0
                : Math.max(node.type().elementCount(),
                        node.inputs().isEmpty() ? 0 : node.input().type().elementCount());
        return products + moves;
    }

    /*-
     * switch (step) {
     *     case 0 -> input(frame, part, parts); ...
     * }
     */
    private MethodSpec runStep() {
        CodeBlock.Builder code = CodeBlock.builder().add("switch (step) {\n$>");
        for (int i = 0; i < steps.size(); i++) {
            code.add("case $L -> $L(frame, part, parts);\n", i, steps.get(i).methodName());
        }
        code.add("default -> throw new $T(step);\n$<}\n", IndexOutOfBoundsException.class);
        return override("runStep", void.class).addParameter(int.class, "step").addParameter(Frame.class, "frame")
                .addParameter(int.class, "part")
                .addParameter(int.class, "parts").addCode(code.build()).build();
    }

    private MethodSpec method(StepCode code) {
        return MethodSpec.methodBuilder(code.methodName()).addModifiers(Modifier.PRIVATE)
                .addJavadoc("$L", javadoc(code.step().node()))
                .addParameter(Frame.class, "frame").addParameter(int.class, "part").addParameter(int.class, "parts")
                .addCode(code.statements()).build();
    }

    private static String javadoc(Node node) {
        String inputs = node.inputs().stream().map(input -> input.type().toString()).collect(Collectors.joining(", "));
        String origins = node.origins().stream().map(Node.Origin::name).collect(Collectors.joining(", "));
        return "%s: %s, %s%s.\n\n<p>Computes %s (line %d of the spec).\n".formatted(node.name(), node.op().keyword(),
                inputs.isEmpty() ? "" : inputs + " to ",
                node.type(), origins, node.span().line());
    }
}
