package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.kernel.Signature;
import io.xceptionc.compiler.emit.kernel.VectorWidth;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.KernelClasses;
import io.xceptionc.runtime.kernel.Product;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Emits the kernels of a model: an abstract class with what steps call, and a class for each vector width. */
final class KernelsEmitter {

    private final ClassName network;
    private final ClassName base;
    private final Collection<Kernel> kernels;

    /** For the kernels of a network's class, of which equal ones are emitted once. */
    KernelsEmitter(ClassName network, Collection<Kernel> kernels) {
        this.network = network;
        this.base = baseOf(network);
        this.kernels = kernels;
    }

    /** The class that declares a network's kernels. */
    static ClassName baseOf(ClassName network) {
        return network.peerClass(network.simpleName() + KernelClasses.SUFFIX);
    }

    private ClassName nameOf(VectorWidth width) {
        return base.peerClass(KernelClasses.nameOf(network.simpleName(), width.bits()));
    }

    /*-
     * abstract class XceptionKernels {
     *     static XceptionKernels ofWidth(int vectorBits) { ... }
     *     abstract int vectorBits();
     *     abstract int tilePixels();
     *     int firstPixel(int pixels, int part, int parts) { ... }
     *     abstract void multiply(...); ...
     * }
     */
    TypeSpec base() {
        return TypeSpec.classBuilder(base).addModifiers(Modifier.ABSTRACT)
                .addJavadoc("The kernels that the model's steps share.\n").addMethod(ofWidth())
                .addMethod(MethodSpec.methodBuilder("vectorBits").addModifiers(Modifier.ABSTRACT)
                        .addJavadoc("The width of the vectors.").returns(int.class)
                        .build())
                .addMethod(MethodSpec.methodBuilder("tilePixels").addModifiers(Modifier.ABSTRACT)
                        .addJavadoc("How many matrix rows, one for each pixel, are multiplied at once.")
                        .returns(int.class)
                        .build())
                .addMethod(firstPixel())
                .addMethod(MethodSpec.methodBuilder("loopCount").returns(int.class)
                        .addJavadoc("How many loops over vectors there are.").addStatement("return $L", loops().size())
                        .build())
                .addMethod(runLoop().addModifiers(Modifier.ABSTRACT)
                        .addJavadoc("Runs a loop {@code count} times round on whatever the frame holds, to warm it up.")
                        .build())
                .addMethods(kernels.stream().map(Kernel::declaration).toList()).build();
    }

    private List<CodeBlock> loops() {
        return kernels.stream().flatMap(kernel -> kernel.loops().stream()).map(Signature::warmUpCall).distinct()
                .toList();
    }

    private static MethodSpec.Builder runLoop() {
        return MethodSpec.methodBuilder("runLoop").addParameter(int.class, "loop").addParameter(int.class, "count")
                .addParameter(Frame.class, "frame");
    }

    /*-
     * void runLoop(int loop, int count, Frame frame) {
     *     switch (loop) {
     *         case 0 -> multiplyTile(frame.rows(0), 0, frame.constants(), 0, count, frame.sums(0), 0); ...
     *     }
     * }
     */
    private MethodSpec runLoopOfWidth() {
        CodeBlock.Builder code = CodeBlock.builder().add("switch (loop) {\n$>");
        List<CodeBlock> loops = loops();
        for (int i = 0; i < loops.size(); i++) {
            code.add("case $L -> $L;\n", i, loops.get(i));
        }
        code.add("default -> throw new $T(loop);\n$<}\n", IndexOutOfBoundsException.class);
        return runLoop().addAnnotation(Override.class).addCode(code.build()).build();
    }

    private static MethodSpec firstPixel() {
        return MethodSpec.methodBuilder("firstPixel").addModifiers(Modifier.FINAL).returns(int.class)
                .addJavadoc("The first of {@code pixels} that a part computes; parts begin where tiles do.")
                .addParameter(int.class, "pixels").addParameter(int.class, "part").addParameter(int.class, "parts")
                .addCode("""
                        int tiles = $1T.ceilDiv(pixels, tilePixels());
                        return $1T.min(pixels, (int) ((long) tiles * part / parts) * tilePixels());
                        """, Math.class).build();
    }

    private MethodSpec ofWidth() {
        return MethodSpec.methodBuilder("ofWidth").addModifiers(Modifier.STATIC)
                .addJavadoc("The kernels for a width in bits, for the machine's own if it is 0.")
                .returns(base).addParameter(int.class, "vectorBits").addCode("""
                        int width = vectorBits == 0 ? $T.SPECIES_PREFERRED.vectorBitSize() : vectorBits;
                        if (width >= 512) {
                            return new $T();
                        }
                        return width >= 256 ? new $T() : new $T();
                        """, FloatVector.class, nameOf(VectorWidth.BITS_512), nameOf(VectorWidth.BITS_256),
                        nameOf(VectorWidth.BITS_128))
                .build();
    }

    /** The class of one width. */
    TypeSpec implementation(VectorWidth width) {
        Map<String, MethodSpec> methods = new LinkedHashMap<>();
        for (Kernel kernel : kernels) {
            kernel.methods(width).forEach(method -> methods.putIfAbsent(method.name(), method));
        }
        return TypeSpec.classBuilder(nameOf(width)).addModifiers(Modifier.FINAL).superclass(base)
                .addJavadoc("The kernels with vectors of $L bits, $L floats.\n", width.bits(), width.lanes())
                .addFields(fields(width))
                .addMethod(MethodSpec.methodBuilder("vectorBits").addAnnotation(Override.class).returns(int.class)
                        .addStatement("return $L", width.bits())
                        .build())
                .addMethod(MethodSpec.methodBuilder("tilePixels").addAnnotation(Override.class).returns(int.class)
                        .addStatement("return $L", width.tilePixels()).build())
                .addMethod(runLoopOfWidth()).addMethods(methods.values()).build();
    }

    private List<FieldSpec> fields(VectorWidth width) {
        TypeName species = ParameterizedTypeName.get(ClassName.get(VectorSpecies.class), TypeName.FLOAT.box());
        return List.of(constant(species, "SPECIES", CodeBlock.of("$T.SPECIES_$L", FloatVector.class, width.bits())),
                constant(TypeName.get(ByteOrder.class), "ORDER", CodeBlock.of("$T.LITTLE_ENDIAN", ByteOrder.class)),
                constant(ClassName.get(ValueLayout.OfFloat.class), "FLOAT",
                        CodeBlock.of("$T.JAVA_FLOAT_UNALIGNED", ValueLayout.class)),
                constant(
                        ParameterizedTypeName.get(ClassName.get(Class.class), WildcardTypeName.subtypeOf(Object.class)),
                        "OFF_HEAP",
                        CodeBlock.of("$T.NULL.getClass()", MemorySegment.class)),
                constant(TypeName.INT, "LANES", CodeBlock.of("$L", width.lanes())),
                constant(TypeName.LONG, "VECTOR_BYTES", CodeBlock.of("$L", width.bytes())),
                constant(TypeName.LONG, "PIXEL_BYTES", CodeBlock.of("$L", ImageLayout.PIXEL_BYTES)),
                constant(TypeName.LONG, "STRIP_BYTES", CodeBlock.of("$L", Product.STRIP_COLUMNS * Float.BYTES)));
    }

    private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL).initializer(value)
                .build();
    }
}
