package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.emit.step.StepCode;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Emits the class of a network. It runs its steps itself; those of a long network are in several classes of their own.
 */
final class NetworkEmitter {

    private final MemoryPlan plan;
    private final ClassName className;
    private final ClassName kernelsName;
    private final List<List<StepCode>> classes;
    private final List<StepsEmitter> parts;

    /** For a plan and its steps, a class for each list of them. */
    NetworkEmitter(MemoryPlan plan, ClassName className, ClassName kernelsName, List<List<StepCode>> classes) {
        this.plan = plan;
        this.className = className;
        this.kernelsName = kernelsName;
        this.classes = classes;
        this.parts = new ArrayList<>();
        int firstStep = 0;
        for (List<StepCode> steps : classes) {
            parts.add(new StepsEmitter(steps, firstStep));
            firstStep += steps.size();
        }
    }

    /** The class of the network. */
    TypeSpec network() {
        return parts.size() == 1 ? networkWithSteps(parts.getFirst()) : networkOfClasses();
    }

    /** The classes of its steps; none if it runs them itself. */
    List<TypeSpec> stepsClasses() {
        return parts.size() == 1
                ? List.of()
                : IntStream.range(0, parts.size()).mapToObj(this::stepsClass).toList();
    }

    private TypeSpec networkWithSteps(StepsEmitter steps) {
        return type().addFields(steps.constants()).addField(kernelsName, "kernels", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor(CodeBlock.of(""))).addMethod(stepCount())
                .addMethod(override(steps.stepName())).addMethod(override(steps.isParallel())).addMethods(answers())
                .addMethod(override(steps.runStep()))
                .addMethods(steps.methods()).build();
    }

    private TypeSpec.Builder type() {
        return TypeSpec.classBuilder(className).addModifiers(Modifier.PUBLIC, Modifier.FINAL).superclass(Network.class)
                .addJavadoc("""
                        The network {@code $L}, $L to $L, NHWC, float32, compiled by xceptionc.

                        <p>A step is a method. What it works on is described by constants: where values lie, in bytes
                        from the start of the arena; where weights and tables lie, in bytes from the start of the
                        model's constants; how windows slide.
                        """,
                        Names.inComment(plan.graph().name()), plan.graph().input().type(),
                        results(plan));
    }

    /** The types of what a network yields. */
    static String results(MemoryPlan plan) {
        return plan.graph().outputs().stream().map(output -> output.type().toString())
                .collect(Collectors.joining(" and "));
    }

    private MethodSpec constructor(CodeBlock rest) {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC)
                .addJavadoc("With vectors of 128, 256 or 512 bits; 0 for what the machine prefers.\n")
                .addParameter(int.class, "vectorBits").addStatement("kernels = $T.ofWidth(vectorBits)", kernelsName)
                .addCode(rest).build();
    }

    private MethodSpec stepCount() {
        return answer("stepCount", int.class, CodeBlock.of("$L", parts.getLast().lastStep() + 1));
    }

    private List<MethodSpec> answers() {
        return Stream.concat(sharedKernels(), Stream.of(
                answer("arenaBytes", long.class, CodeBlock.of("$L", StepCode.literal(plan.arenaBytes()))),
                answer("rowsFloats", int.class, CodeBlock.of("$L", plan.rows().floats())),
                answer("vectorBits", int.class, CodeBlock.of("kernels.vectorBits()")),
                answer("loopCount", int.class, CodeBlock.of("kernels.loopCount()")),
                override(MethodSpec.methodBuilder("runLoop").addParameter(int.class, "loop")
                        .addParameter(int.class, "count")
                        .addParameter(Frame.class, "frame").addStatement("kernels.runLoop(loop, count, frame)"))))
                .toList();
    }

    /*-
     * public List<SharedKernel> sharedKernels() {
     *     return List.of(SoftmaxKernel.SOFTMAX);
     * }
     */
    private Stream<MethodSpec> sharedKernels() {
        List<CodeBlock> kernels = classes.stream().flatMap(List::stream).flatMap(StepCode::sharedKernels).distinct()
                .sorted(Comparator.comparing(SharedKernel::label)).map(Kernel::source).toList();
        return kernels.isEmpty()
                ? Stream.of()
                : Stream.of(override(MethodSpec.methodBuilder("sharedKernels")
                        .returns(ParameterizedTypeName.get(List.class, SharedKernel.class))
                        .addStatement("return $T.of($L)", List.class, CodeBlock.join(kernels, ",$W"))));
    }

    private static MethodSpec answer(String name, Class<?> type, CodeBlock value) {
        return override(MethodSpec.methodBuilder(name).returns(type).addStatement("return $L", value));
    }

    private static MethodSpec override(MethodSpec.Builder method) {
        return method.addAnnotation(Override.class).addModifiers(Modifier.PUBLIC).build();
    }

    /*-
     * public final class Deep extends Network {
     *     private final DeepKernels kernels;
     *     private final DeepSteps1 steps1; ...
     *     public String stepName(int step) {
     *         if (step <= 99) {
     *             return steps1.stepName(step);
     *         } else ...
     *     } ...
     * }
     */
    private TypeSpec networkOfClasses() {
        TypeSpec.Builder network = type().addField(kernelsName, "kernels", Modifier.PRIVATE, Modifier.FINAL);
        CodeBlock.Builder made = CodeBlock.builder();
        for (int index = 0; index < parts.size(); index++) {
            network.addField(nameOf(index), "steps" + (index + 1), Modifier.PRIVATE, Modifier.FINAL);
            made.addStatement("steps$L = new $T(kernels)", index + 1, nameOf(index));
        }
        StepsEmitter last = parts.getLast();
        return network.addMethod(constructor(made.build())).addMethod(stepCount())
                .addMethod(override(delegate(last.stepName())))
                .addMethod(override(delegate(last.isParallel()))).addMethods(answers())
                .addMethod(override(delegate(last.runStep()))).build();
    }

    private MethodSpec.Builder delegate(MethodSpec.Builder method) {
        MethodSpec signature = method.build();
        String arguments = signature.parameters().stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
        String call = (signature.returnType().equals(TypeName.VOID) ? "" : "return ") + "steps$L.$L($L)";
        CodeBlock.Builder code = CodeBlock.builder();
        for (int index = 0; index < parts.size() - 1; index++) {
            String condition = "if (step <= " + parts.get(index).lastStep() + ")";
            (index == 0 ? code.beginControlFlow(condition) : code.nextControlFlow("else " + condition))
                    .addStatement(call, index + 1, signature.name(), arguments);
        }
        code.nextControlFlow("else").addStatement(call, parts.size(), signature.name(), arguments).endControlFlow();
        return MethodSpec.methodBuilder(signature.name()).returns(signature.returnType())
                .addParameters(signature.parameters()).addCode(code.build());
    }

    private ClassName nameOf(int index) {
        return className.peerClass(className.simpleName() + "Steps" + (index + 1));
    }

    private TypeSpec stepsClass(int index) {
        StepsEmitter steps = parts.get(index);
        return TypeSpec.classBuilder(nameOf(index)).addModifiers(Modifier.FINAL)
                .addJavadoc("Steps $L to $L of the network.\n", steps.firstStep(), steps.lastStep())
                .addFields(steps.constants()).addField(kernelsName, "kernels", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder().addParameter(kernelsName, "kernels")
                        .addStatement("this.kernels = kernels").build())
                .addMethod(steps.stepName().build()).addMethod(steps.isParallel().build())
                .addMethod(steps.runStep().build()).addMethods(steps.methods()).build();
    }
}
