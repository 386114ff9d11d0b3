package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.util.List;

/** A method of the kernels that steps share, emitted once for each vector width. Equal kernels are emitted once. */
public interface Kernel {

    /** The name of the method that steps call. */
    String name();

    /** The declaration that all widths implement. */
    MethodSpec declaration();

    /** The implementation for one width: the declared method first, then what it calls. */
    List<MethodSpec> methods(VectorWidth width);

    /** Those of the methods that are loops over vectors, which must be compiled before real data comes. */
    List<Signature> loops();

    /** A kernel of the runtime, as source. */
    static CodeBlock source(SharedKernel kernel) {
        return CodeBlock.of("$T.$L", ((Enum<?>) kernel).getDeclaringClass(), kernel.name());
    }

    /** The kernels of the runtime that its methods call. */
    default List<SharedKernel> sharedKernels() {
        return List.of();
    }
}
