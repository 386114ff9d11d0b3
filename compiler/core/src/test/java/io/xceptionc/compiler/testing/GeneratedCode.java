package io.xceptionc.compiler.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.jar.InMemoryCompilation;
import io.xceptionc.compiler.pass.Pipeline;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A graph's generated code, loaded, and run in memory that is poisoned first: what was never written is not a number.
 */
public final class GeneratedCode {

    private static final long ALIGNMENT = 64;

    private final MemoryPlan plan;
    private final GeneratedModel model;
    private final Map<String, byte[]> classFiles;
    private final Class<?> networkClass;

    private GeneratedCode(MemoryPlan plan, GeneratedModel model, Map<String, byte[]> classFiles,
            Class<?> networkClass) {
        this.plan = plan;
        this.model = model;
        this.classFiles = classFiles;
        this.networkClass = networkClass;
    }

    /** The code of a graph, after all passes. */
    public static GeneratedCode of(Graph graph) {
        return ofKernelOps(Pipeline.STANDARD.run(graph).graph());
    }

    /** The code of a graph as it is. */
    public static GeneratedCode ofKernelOps(Graph graph) {
        MemoryPlan plan = Planner.plan(graph);
        GeneratedModel model = ModelEmitter.emit(plan, "generated");
        InMemoryCompilation.Result result = InMemoryCompilation.compile(model.sources());
        assertEquals(List.of(), result.refusals());
        try {
            return new GeneratedCode(plan, model, result.classFiles(),
                    new ClassFileLoader(result.classFiles()).loadClass(model.className()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** What is run, and where it lies. */
    public MemoryPlan plan() {
        return plan;
    }

    /** The source. */
    public GeneratedModel model() {
        return model;
    }

    /** The class files by their path. */
    public Map<String, byte[]> classFiles() {
        return classFiles;
    }

    /** The code for a width of vectors. */
    public Network network(int vectorBits) {
        try {
            return (Network) networkClass.getConstructor(int.class).newInstance(vectorBits);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * The result for an image, those of several outputs one after another. Each step is done in so many parts, one
     * after another, the last one first.
     */
    public float[] run(int vectorBits, int parts, float[] image) {
        Network network = network(vectorBits);
        try (Arena memory = Arena.ofConfined()) {
            Frame frame = frame(network, parts, image, memory);
            for (int step = 0; step < network.stepCount(); step++) {
                runStep(network, step, frame, parts);
            }
            return results(frame);
        }
    }

    /** All parts of a step. */
    static void runStep(Network network, int step, Frame frame, int parts) {
        for (int part = parts - 1; part >= 0; part--) {
            network.runStep(step, frame, part, parts);
        }
    }

    /** Poisoned memory for a run on an image. */
    Frame frame(Network network, int parts, float[] image, Arena memory) {
        Frame frame =
                new Frame(constants(memory), poisoned(network.arenaBytes(), memory), parts, network.rowsFloats(),
                        plan.graph().outputs().size());
        for (int part = 0; part < parts; part++) {
            Arrays.fill(frame.rows(part), Float.NaN);
            Arrays.fill(frame.sums(part), Float.NaN);
        }
        frame.bindInput(memory.allocateFrom(ValueLayout.JAVA_FLOAT, image), 0);
        for (int i = 0; i < plan.graph().outputs().size(); i++) {
            frame.bindOutput(i,
                    poisoned(plan.graph().outputs().get(i).type().elementCount() * Float.BYTES, memory), 0);
        }
        return frame;
    }

    /** The results of all outputs, one after another. */
    float[] results(Frame frame) {
        int length = plan.graph().outputs().stream().mapToInt(output -> (int) output.type().elementCount()).sum();
        FloatBuffer results = FloatBuffer.allocate(length);
        for (int i = 0; i < plan.graph().outputs().size(); i++) {
            results.put(frame.output(i).toArray(ValueLayout.JAVA_FLOAT));
        }
        return results.array();
    }

    private MemorySegment constants(Arena memory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.constants().writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MemorySegment constants = memory.allocate(bytes.size(), ALIGNMENT);
        return constants.copyFrom(MemorySegment.ofArray(bytes.toByteArray()));
    }

    private static MemorySegment poisoned(long bytes, Arena memory) {
        return memory.allocate(bytes, ALIGNMENT).fill((byte) -1);
    }

    private static final class ClassFileLoader extends ClassLoader {

        private final Map<String, byte[]> classFiles;

        ClassFileLoader(Map<String, byte[]> classFiles) {
            super(GeneratedCode.class.getClassLoader());
            this.classFiles = classFiles;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classFiles.get(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
