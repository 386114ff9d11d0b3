package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;
import javax.lang.model.element.Modifier;

/** Emits the class by which programs open a model. */
final class ProviderEmitter {

    private ProviderEmitter() {}

    static ClassName nameOf(ClassName network) {
        return network.peerClass(network.simpleName() + "Model");
    }

    /*-
     * public final class XceptionModel implements ModelProvider {
     *     public XceptionModel() {
     *     }
     *     public String name() {
     *         return "xception";
     *     }
     *     public CompiledModel open(OpenOptions options) {
     *         return CompiledModel.open(Xception.class, options);
     *     }
     * }
     */
    static TypeSpec provider(MemoryPlan plan, ClassName network) {
        String name = plan.graph().name();
        TypeSpec.Builder provider = TypeSpec.classBuilder(nameOf(network)).addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(ModelProvider.class)
                .addJavadoc("The model {@code $L}, $L to $L.\n\n<p>{@code new $L().open()} opens it.\n",
                        Names.inComment(name), plan.graph().input().type(), NetworkEmitter.results(plan),
                        nameOf(network).simpleName())
                .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC)
                        .addJavadoc("Opens nothing yet.\n").build())
                .addMethod(override("name").returns(String.class).addStatement("return $S", name).build())
                .addMethod(override("open").returns(CompiledModel.class).addParameter(OpenOptions.class, "options")
                        .addStatement("return $T.open($T.class, options)", CompiledModel.class, network).build());
        new OutputMethods(plan, nameOf(network)).addTo(provider);
        return provider.build();
    }

    private static MethodSpec.Builder override(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
    }
}
