package io.xceptionc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.emit.step.StepCode;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.kernel.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Emits the members of a class that runs steps: a method for each, what tells them apart by number, and their
 * constants.
 */
final class StepsEmitter {

    private static final long LEAST_PARALLEL_WORK = 40_000;

    private final List<StepCode> steps;
    private final int firstStep;

    /** For neighbouring steps of a model, the first of which has the given number. */
    StepsEmitter(List<StepCode> steps, int firstStep) {
        this.steps = steps;
        this.firstStep = firstStep;
    }

    List<StepCode> steps() {
        return steps;
    }

    int firstStep() {
        return firstStep;
    }

    int lastStep() {
        return firstStep + steps.size() - 1;
    }

    /*-
     * private static final Product CONV1_PRODUCT = new Product(...); ...
     * private static final String[] STEP_NAMES = {"input", "conv1", ...};
     */
    List<FieldSpec> constants() {
        List<FieldSpec> constants = new ArrayList<>();
        for (StepCode step : steps) {
            step.fields().forEach((name, field) -> constants.add(constant(field.type(), name)
                    .addJavadoc("$L", field.meaning()).initializer(field.value()).build()));
        }
        constants.add(constant(String[].class, "STEP_NAMES").addJavadoc("The layers that the steps compute.")
                .initializer(stepNames()).build());
        return constants;
    }

    private static FieldSpec.Builder constant(Class<?> type, String name) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    }

    private CodeBlock stepNames() {
        return steps.stream().map(step -> CodeBlock.of("$S", step.step().name()))
                .collect(CodeBlock.joining(",$W", "{", "}"));
    }

    /*-
     * String stepName(int step) {
     *     return STEP_NAMES[step];
     * }
     */
    MethodSpec.Builder stepName() {
        return MethodSpec.methodBuilder("stepName").returns(String.class).addParameter(int.class, "step")
                .addStatement("return STEP_NAMES[step$L]", firstStep == 0 ? "" : " - " + firstStep);
    }

    /*-
     * boolean isParallel(int step) {
     *     return switch (step) {
     *         case 0, 28 -> false;
     *         default -> true;
     *     };
     * }
     */
    MethodSpec.Builder isParallel() {
        List<String> shortSteps = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).work() < LEAST_PARALLEL_WORK) {
                shortSteps.add(Integer.toString(firstStep + i));
            }
        }
        MethodSpec.Builder method =
                MethodSpec.methodBuilder("isParallel").returns(boolean.class).addParameter(int.class, "step");
        if (shortSteps.isEmpty() || shortSteps.size() == steps.size()) {
            return method.addStatement("return $L", shortSteps.isEmpty());
        }
        return method.addCode("return switch (step) {\n$>case " + String.join(",$W", shortSteps)
                + " -> false;\ndefault -> true;\n$<};\n");
    }

    /*-
     * void runStep(int step, Frame frame, int part, int parts) {
     *     switch (step) {
     *         case 0 -> input(frame, part, parts); ...
     *     }
     * }
     */
    MethodSpec.Builder runStep() {
        CodeBlock.Builder code = CodeBlock.builder().add("switch (step) {\n$>");
        for (int i = 0; i < steps.size(); i++) {
            code.add("case $L -> $L(frame, part, parts);\n", firstStep + i, steps.get(i).methodName());
        }
        code.add("default -> throw new $T(step);\n$<}\n", IndexOutOfBoundsException.class);
        return MethodSpec.methodBuilder("runStep").addParameter(int.class, "step").addParameter(Frame.class, "frame")
                .addParameter(int.class, "part").addParameter(int.class, "parts").addCode(code.build());
    }

    /** A method for each step. */
    List<MethodSpec> methods() {
        return steps.stream().map(StepsEmitter::method).toList();
    }

    private static MethodSpec method(StepCode code) {
        return MethodSpec.methodBuilder(code.methodName()).addModifiers(Modifier.PRIVATE)
                .addJavadoc("$L", javadoc(code.step()))
                .addParameter(Frame.class, "frame").addParameter(int.class, "part").addParameter(int.class, "parts")
                .addCode(code.statements()).build();
    }

    private static String javadoc(Step step) {
        String nodes = step.nodes().stream().map(StepsEmitter::sentence).collect(Collectors.joining("\n"));
        String origins = step.nodes().stream().flatMap(node -> node.origins().stream())
                .map(origin -> Names.inComment(origin.name())).distinct().collect(Collectors.joining(", "));
        return "%s\n\n<p>Computes %s (line %d of the spec).\n".formatted(nodes, origins,
                step.firstNode().span().line());
    }

    private static String sentence(Node node) {
        String inputs = node.inputs().stream().map(input -> input.type().toString()).collect(Collectors.joining(", "));
        return "%s: %s, %s%s.".formatted(Names.inComment(node.name()), node.op().keyword(),
                inputs.isEmpty() ? "" : inputs + " to ", node.type());
    }
}
