package io.xceptionc.compiler.emit.kernel;

import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import org.junit.jupiter.api.Test;

class ElementwiseKernelTest {

    private static Activate activate(Activation.Kind kind) {
        float parameter = switch (kind) {
            case LEAKY_RELU -> 0.3f;
            case ELU -> 1.5f;
            default -> 0;
        };
        return new Activate(new Activation(kind, parameter));
    }

    @Test
    void appliesAnyActivation() {
        KernelChain chain = new KernelChain(3, 5, 33);
        for (Activation.Kind kind : Activation.Kind.values()) {
            chain.beside(activate(kind));
        }
        chain.then(activate(Activation.Kind.SWISH)).assertComputes();
    }
}
