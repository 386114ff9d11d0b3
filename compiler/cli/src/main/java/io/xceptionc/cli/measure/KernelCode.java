package io.xceptionc.cli.measure;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.ModelStep;
import io.xceptionc.runtime.kernel.KernelClasses;
import io.xceptionc.runtime.kernel.SharedKernel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * The methods that a model's kernels consist of, as its jar has them.
 *
 * @param className the class of the kernels
 * @param methods by their names, those that steps call and those that these call in turn
 */
record KernelCode(String className, SequencedMap<String, Method> methods) {

    /** HotSpot's FreqInlineSize: C2 inlines no method with more bytecode, however often it is called. */
    private static final int LARGEST_INLINED_BYTES = 325;
    private static final String VECTOR_API = "jdk/incubator/vector/";

    /**
     * A method.
     *
     * @param bytes the length of its bytecode
     * @param callees the methods of the same class that it calls
     * @param hasVectors whether it uses the Vector API
     */
    record Method(int bytes, Set<String> callees, boolean hasVectors) {

        boolean canBeInlined() {
            return bytes <= LARGEST_INLINED_BYTES;
        }

        /** This and another of the same name, of which HotSpot's list tells no more than that. */
        private Method and(Method other) {
            Set<String> all = new TreeSet<>(callees);
            all.addAll(other.callees);
            return new Method(Math.max(bytes, other.bytes), all, hasVectors || other.hasVectors);
        }
    }

    /**
     * Reads the kernels that a model uses: its own, then those that it shares with other models, a class each.
     *
     * @throws IOException if a class cannot be read
     */
    static List<KernelCode> allOf(Path jar, CompiledModel model) throws IOException {
        List<KernelCode> all = new ArrayList<>(List.of(of(jar, model)));
        Map<Class<?>, List<String>> loops = model.sharedKernels().stream()
                .collect(Collectors.groupingBy(SharedKernel::loopsClass, LinkedHashMap::new,
                        Collectors.flatMapping(kernel -> kernel.loops().stream(), Collectors.toList())));
        for (Map.Entry<Class<?>, List<String>> loopsOfClass : loops.entrySet()) {
            all.add(ofShared(loopsOfClass.getKey(), loopsOfClass.getValue()));
        }
        return all;
    }

    private static KernelCode ofShared(Class<?> type, List<String> loops) throws IOException {
        try (InputStream stream = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return new KernelCode(type.getName(), reachable(loops, methods(stream.readAllBytes())));
        }
    }

    /**
     * Reads the kernels that were generated for a model.
     *
     * @throws IOException if the jar cannot be read
     */
    static KernelCode of(Path jar, CompiledModel model) throws IOException {
        List<String> roots = model.steps().stream().map(ModelStep::kernels).flatMap(List::stream).toList();
        try (JarFile file = new JarFile(jar.toFile())) {
            String generated = file.getManifest().getMainAttributes().getValue(ModelMetadata.MANIFEST_ATTRIBUTE);
            String className = KernelClasses.nameOf(generated, model.vectorBits());
            ZipEntry entry = file.getEntry(className.replace('.', '/') + ".class");
            if (entry == null) {
                throw new IOException(jar + " lacks " + className + "; compile the model again");
            }
            try (InputStream stream = file.getInputStream(entry)) {
                return new KernelCode(className, reachable(roots, methods(stream.readAllBytes())));
            }
        }
    }

    private static Map<String, Method> methods(byte[] classFile) {
        ClassModel kernels = ClassFile.of().parse(classFile);
        return kernels.methods().stream().filter(method -> method.code().isPresent()).collect(
                Collectors.toMap(method -> method.methodName().stringValue(), method -> method(kernels, method),
                        Method::and));
    }

    private static Method method(ClassModel kernels, MethodModel method) {
        CodeModel code = method.code().orElseThrow();
        List<InvokeInstruction> calls = code.elementStream().filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast).toList();
        Set<String> callees = calls.stream().filter(call -> call.owner().equals(kernels.thisClass()))
                .map(call -> call.name().stringValue()).collect(Collectors.toCollection(TreeSet::new));
        return new Method(((CodeAttribute) code).codeLength(), callees,
                calls.stream().anyMatch(call -> call.owner().asInternalName().startsWith(VECTOR_API)));
    }

    private static SequencedMap<String, Method> reachable(List<String> roots, Map<String, Method> methods) {
        SequencedMap<String, Method> reached = new LinkedHashMap<>();
        Deque<String> ahead = new ArrayDeque<>(new TreeSet<>(roots));
        while (!ahead.isEmpty()) {
            String name = ahead.pop();
            Method method = methods.get(name);
            if (method != null && reached.putIfAbsent(name, method) == null) {
                method.callees().forEach(ahead::push);
            }
        }
        return reached;
    }
}
