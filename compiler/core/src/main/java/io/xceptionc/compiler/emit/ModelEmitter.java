package io.xceptionc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.emit.kernel.Kernel;
import io.xceptionc.compiler.emit.kernel.VectorWidth;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.compiler.emit.step.KernelSteps;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.emit.step.StepCode;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.Step;
import io.xceptionc.runtime.StepValue;
import io.xceptionc.runtime.kernel.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Emits a planned network as Java: a method for each step, and the kernels that the steps call. */
public final class ModelEmitter {

    private static final String[] RESERVED = {"runStep", "stepCount", "stepName", "isParallel", "loopCount", "runLoop",
        "arenaBytes", "rowsFloats", "vectorBits", "split", "getClass", "hashCode", "equals", "toString", "notify",
        "notifyAll", "wait", "clone", "finalize", "yield"};

    /**
     * The constants of a class are made in one method, and what is above 64 KB is no method: these are made in about 24
     * KB. Steps are told apart in one method, too, and HotSpot compiles none above 8000 bytes: that many take 1500.
     */
    private static final int MOST_CONSTANTS_OF_A_CLASS = 400;
    private static final int MOST_STEPS_OF_A_CLASS = 100;

    private final MemoryPlan plan;
    private final ClassName className;
    private final ClassName kernelsName;
    private final Constants constants = new Constants();
    private final List<StepCode> steps = new ArrayList<>();
    private final List<List<StepCode>> classes = new ArrayList<>();

    private ModelEmitter(MemoryPlan plan, String packageName) {
        this.plan = plan;
        className = ClassName.get(packageName, Names.className(plan.graph().name()));
        kernelsName = KernelsEmitter.baseOf(className);
    }

    /** The source of a planned network in a package of its own, and its constants. */
    public static GeneratedModel emit(MemoryPlan plan, String packageName) {
        return new ModelEmitter(plan, packageName).emit();
    }

    private GeneratedModel emit() {
        emitSteps();
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        NetworkEmitter network = new NetworkEmitter(plan, className, kernelsName, classes);
        add(sources, file(network.network()));
        network.stepsClasses().forEach(type -> add(sources, file(type).addStaticImport(Network.class, "split")));
        KernelsEmitter emitter = new KernelsEmitter(className, kernels());
        add(sources, file(emitter.base()));
        for (VectorWidth width : VectorWidth.values()) {
            add(sources, file(emitter.implementation(width)));
        }
        Map<String, SourceSpan> spans =
                steps.stream().collect(Collectors.toMap(StepCode::methodName, step -> step.step().firstNode().span()));
        add(sources, file(ProviderEmitter.provider(plan, className)));
        return new GeneratedModel(className.canonicalName(), ProviderEmitter.nameOf(className).canonicalName(), sources,
                steps.stream().map(StepCode::summary).toList(), values(),
                steps.stream().map(step -> step.step().node().name()).toList(), constants, spans);
    }

    /** What the steps yield. Of several nodes that take part in a layer, the last one has the layer's value. */
    private List<StepValue> values() {
        Map<String, Node> lastNodes = new HashMap<>();
        plan.graph().nodes().forEach(node -> node.origins().forEach(layer -> lastNodes.put(layer.name(), node)));
        return steps.stream().map(code -> {
            Node node = code.step().node();
            return code.value(lastNodes.get(node.origins().getLast().name()) == node);
        }).toList();
    }

    private void emitSteps() {
        Names names = new Names(RESERVED);
        Map<Node, String> methodNames = new HashMap<>();
        plan.graph().nodes().forEach(node -> methodNames.put(node, names.methodName(node.name())));
        Map<Object, String> sharedNames = beginClass();
        for (Step step : plan.steps()) {
            if (wouldOverfill(classes.getLast(), step)) {
                sharedNames = beginClass();
            }
            StepCode code = new StepCode(step, plan, constants, methodNames, sharedNames);
            KernelSteps.emit(code);
            if (!code.isEmpty()) {
                classes.getLast().add(code);
            }
            if (isFull(classes.getLast())) {
                sharedNames = beginClass();
            }
        }
        classes.removeIf(List::isEmpty);
        classes.forEach(steps::addAll);
    }

    /** Begins a class; the layouts and windows that have a name in it. */
    private Map<Object, String> beginClass() {
        classes.add(new ArrayList<>());
        return new HashMap<>();
    }

    /** Whether a step that reads very many values should begin a class, as it has a constant for each. */
    private static boolean wouldOverfill(List<StepCode> steps, Step next) {
        return !steps.isEmpty() && constantCount(steps) + next.inputs().size() > 2 * MOST_CONSTANTS_OF_A_CLASS;
    }

    private static boolean isFull(List<StepCode> steps) {
        return steps.size() >= MOST_STEPS_OF_A_CLASS || constantCount(steps) >= MOST_CONSTANTS_OF_A_CLASS;
    }

    private static int constantCount(List<StepCode> steps) {
        return steps.stream().mapToInt(step -> step.fields().size()).sum();
    }

    private Collection<Kernel> kernels() {
        Collection<Kernel> kernels = new TreeSet<>(Comparator.comparing(Kernel::name));
        steps.forEach(step -> kernels.addAll(step.kernels()));
        return kernels;
    }

    private JavaFile.Builder file(TypeSpec type) {
        return JavaFile.builder(className.packageName(), type).indent("    ").skipJavaLangImports(true);
    }

    /** Adds a file. Where an initialiser begins in a line of its own, JavaPoet leaves a space behind. */
    private static void add(SequencedMap<String, String> sources, JavaFile.Builder builder) {
        JavaFile file = builder.build();
        sources.put(file.packageName().replace('.', '/') + "/" + file.typeSpec().name() + ".java",
                file.toString().replace(" \n", "\n"));
    }
}
