package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import io.xceptionc.runtime.kernel.Frame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** What a kernel method takes: a declaration to be implemented once for each vector width. */
final class Signature {

    private final String name;
    private final String contract;
    private final List<ParameterSpec> parameters = new ArrayList<>();

    private Signature(String name, String contract) {
        this.name = name;
        this.contract = contract;
    }

    /** A method with its Javadoc. */
    static Signature of(String name, String contract) {
        return new Signature(name, contract);
    }

    Signature with(Class<?> type, String parameter) {
        parameters.add(ParameterSpec.builder(type, parameter).build());
        return this;
    }

    Signature withFrame() {
        return with(Frame.class, "frame");
    }

    Signature withSegment(String parameter) {
        return with(MemorySegment.class, parameter);
    }

    /** Several numbers of one type. */
    Signature withAll(Class<?> type, String... names) {
        for (String parameter : names) {
            with(type, parameter);
        }
        return this;
    }

    /** The declaration, to be implemented. */
    MethodSpec declaration() {
        return builder().addModifiers(Modifier.ABSTRACT).build();
    }

    /** An implementation of the declaration. */
    MethodSpec implementation(CodeBlock body) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addParameters(parameters).addCode(body)
                .build();
    }

    /** A method of its own, that the implementation calls. */
    MethodSpec helper(CodeBlock body) {
        return builder().addModifiers(Modifier.PRIVATE, Modifier.STATIC).addCode(body).build();
    }

    private MethodSpec.Builder builder() {
        return MethodSpec.methodBuilder(name).addJavadoc("$L", contract).addParameters(parameters);
    }
}
