package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.op.Output;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.Session;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Emits what the class by which programs open a model of several outputs has for each of them, under its name. */
final class OutputMethods {

    private static final String[] RESERVED = {"name", "open", "run", "results", "getClass", "hashCode", "equals",
        "toString", "notify", "notifyAll", "wait", "clone", "finalize", "yield"};

    private final List<Node> outputs;
    private final List<String> identifiers = new ArrayList<>();
    private final ClassName results;

    /** For the class of a plan's model. */
    OutputMethods(MemoryPlan plan, ClassName provider) {
        outputs = plan.graph().outputs();
        results = provider.nestedClass("Results");
        Names names = new Names(RESERVED);
        outputs.forEach(output -> identifiers.add(names.methodName(name(output))));
    }

    /** Adds them; nothing for a single output, which needs no name. */
    void addTo(TypeSpec.Builder provider) {
        if (outputs.size() > 1) {
            provider.addType(results()).addMethod(run());
            for (int i = 0; i < outputs.size(); i++) {
                provider.addMethod(segment(i));
            }
        }
    }

    private static String name(Node output) {
        return ((Output) output.op()).name();
    }

    /*-
     * public record Results(float[] age, float[] gender) {
     * }
     */
    private TypeSpec results() {
        MethodSpec.Builder components = MethodSpec.constructorBuilder();
        CodeBlock.Builder javadoc =
                CodeBlock.builder().add("What a run yields, all images of a batch one after another.\n\n");
        for (int i = 0; i < outputs.size(); i++) {
            components.addParameter(float[].class, identifiers.get(i));
            javadoc.add("@param $L {@code $L}, $L each\n", identifiers.get(i), Names.inComment(name(outputs.get(i))),
                    outputs.get(i).type());
        }
        return TypeSpec.recordBuilder(results.simpleName()).addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc(javadoc.build()).recordConstructor(components.build()).build();
    }

    /*-
     * public static Results run(CompiledModel model, float[] images) {
     *     Map<String, float[]> results = model.runAll(images);
     *     return new Results(results.get("age"), results.get("gender"));
     * }
     */
    private MethodSpec run() {
        List<CodeBlock> arrays =
                outputs.stream().map(output -> CodeBlock.of("results.get($S)", name(output))).toList();
        return MethodSpec.methodBuilder("run").addModifiers(Modifier.PUBLIC, Modifier.STATIC).returns(results)
                .addJavadoc("Runs the opened model once, as {@link $T#runAll} does.\n", CompiledModel.class)
                .addParameter(ParameterSpec.builder(CompiledModel.class, "model").build())
                .addParameter(float[].class, "images")
                .addStatement("$T results = model.runAll(images)",
                        ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class),
                                TypeName.get(float[].class)))
                .addStatement("return new $T($L)", results, CodeBlock.join(arrays, ",$W")).build();
    }

    /*-
     * public static MemorySegment age(Session session) {
     *     return session.output(0);
     * }
     */
    private MethodSpec segment(int index) {
        return MethodSpec.methodBuilder(identifiers.get(index)).addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(MemorySegment.class)
                .addJavadoc("Where a run of the session leaves {@code $L}, $L for each image.\n",
                        Names.inComment(name(outputs.get(index))), outputs.get(index).type())
                .addParameter(Session.class, "session").addStatement("return session.output($L)", index).build();
    }
}
