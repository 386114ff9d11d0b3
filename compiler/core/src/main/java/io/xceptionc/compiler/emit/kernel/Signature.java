package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.xceptionc.runtime.kernel.Frame;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * What a kernel method takes. Some are declared and implemented once for each vector width; those call others, of which
 * some are loops over vectors.
 */
public final class Signature {

    private static final TypeName SEGMENT = TypeName.get(MemorySegment.class);

    private final String name;
    private final String contract;
    private final List<ParameterSpec> parameters = new ArrayList<>();
    private final Set<String> extents = new HashSet<>();
    private String countName;

    private Signature(String name, String contract) {
        this.name = name;
        this.contract = contract;
    }

    /** A method with its Javadoc. */
    static Signature of(String name, String contract) {
        return new Signature(name, contract);
    }

    String name() {
        return name;
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

    /** How often a loop goes round. */
    Signature withCount(String parameter) {
        countName = parameter;
        return withExtent(parameter);
    }

    /** Another number that decides how a loop goes round; the warm-up takes the same for it. */
    Signature withExtent(String parameter) {
        extents.add(parameter);
        return with(int.class, parameter);
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

    /**
     * A loop over vectors, which an implementation calls. It returns at once if there is nothing to do, so that the
     * warm-up can call it often enough for HotSpot at next to no cost. In the same breath it asks for the class of its
     * segments, which is always the same: otherwise HotSpot goes by what segments it saw in vector operations anywhere
     * in the process.
     */
    MethodSpec loop(CodeBlock body) {
        String condition = parameters.stream().filter(parameter -> parameter.type().equals(SEGMENT))
                .map(parameter -> " || " + parameter.name() + ".getClass() != OFF_HEAP")
                .collect(Collectors.joining());
        return helper(
                CodeBlock.builder().beginControlFlow("if ($L == 0$L)", countName, condition).addStatement("return")
                        .endControlFlow().add(body).build());
    }

    /** The call of a loop that goes round {@code count} times and starts at 0 wherever it reads or writes. */
    public CodeBlock warmUpCall() {
        String arguments = parameters.stream().map(this::warmUpArgument).collect(Collectors.joining(",$W"));
        return CodeBlock.of(name + "(" + arguments + ")");
    }

    private String warmUpArgument(ParameterSpec parameter) {
        if (parameter.type().equals(SEGMENT)) {
            return "frame." + parameter.name() + "()";
        }
        if (parameter.type().equals(TypeName.get(float[].class))) {
            return "frame." + parameter.name() + "(0)";
        }
        if (parameter.type().equals(TypeName.get(int[].class))) {
            return "frame.noPixels()";
        }
        return extents.contains(parameter.name()) ? "count" : "0";
    }

    private MethodSpec.Builder builder() {
        return MethodSpec.methodBuilder(name).addJavadoc("$L", contract).addParameters(parameters);
    }
}
