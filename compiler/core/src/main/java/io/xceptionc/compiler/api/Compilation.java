package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.emit.GeneratedModel;
import io.xceptionc.compiler.emit.ModelEmitter;
import io.xceptionc.compiler.emit.pack.Constants;
import io.xceptionc.compiler.emit.step.Names;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.jar.InMemoryCompilation;
import io.xceptionc.compiler.jar.ModelFiles;
import io.xceptionc.compiler.jar.ModelJar;
import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.lower.PictureInput;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.output.AtomicFile;
import io.xceptionc.compiler.pass.Pass;
import io.xceptionc.compiler.plan.MemoryPlan;
import io.xceptionc.compiler.plan.Planner;
import io.xceptionc.compiler.plan.SizeLimits;
import io.xceptionc.compiler.selftest.Interpretation;
import io.xceptionc.compiler.selftest.SelfTestProof;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.SelfTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One compilation: what it may yield, then its stages in their order. Each stage takes what the one before it yields,
 * and ends the compilation if it has reported errors.
 */
final class Compilation {

    private final CompilerOptions options;
    private final Consumer<Stage> progress;
    private final Diagnostics diagnostics = new Diagnostics();
    private final SourceSpan place;

    Compilation(CompilerOptions options, Consumer<Stage> progress) {
        this.options = options;
        this.progress = progress;
        this.place = SourceSpan.ofFile(options.network().spec().toString());
    }

    /** A jar that has run once if that is wanted. */
    CompilationReport toJar(Path jar, boolean tried) throws InvalidInputException, IOException {
        long start = System.nanoTime();
        FrontEnd spec = parsed();
        BoundNetwork bound = lowered(spec);
        try (SelfTestProof proof = proof(bound.network())) {
            Emission emission = emitted(spec, bound.network(), proof);
            Map<String, byte[]> classFiles = compiled(emission.model());
            ModelFiles files = packed(emission, proof);
            if (options.sources().isPresent()) {
                files.writeSources(options.sources().get());
            }
            write(new ModelJar(files, classFiles, emission.plan(), spec.text(), spec.license()), jar, tried);
            return report(jar, bound, emission, files, proof, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Sources and the files beside their classes. */
    GenerationReport toFolders(Path sources, Path resources) throws InvalidInputException, IOException {
        FrontEnd spec = parsed();
        BoundNetwork bound = lowered(spec);
        try (SelfTestProof proof = proof(bound.network())) {
            Emission emission = emitted(spec, bound.network(), proof);
            ModelFiles files = packed(emission, proof);
            SequencedMap<Path, Boolean> sourceFiles = files.writeSources(sources);
            SequencedMap<Path, Boolean> resourceFiles = files.writeResources(resources);
            List<Path> inputs = Stream.concat(spec.files().stream(), bound.files().stream()).toList();
            return new GenerationReport(emission.model().className(), emission.model().providerName(), inputs,
                    sourceFiles, resourceFiles, emission.plan().arenaBytes(), diagnostics.sorted());
        }
    }

    /** The graph before all passes, and after each; what is odd, but no error. */
    List<Diagnostic> toGraphs(Consumer<Graph> lowered, BiConsumer<Pass, Graph> observer)
            throws InvalidInputException {
        Graph graph = lowered(parsed()).network().graph();
        lowered.accept(graph);
        options.pipeline().run(graph, observer);
        return diagnostics.sorted();
    }

    PlanReport toPlan() throws InvalidInputException {
        return PlanReport.of(planned(optimised(lowered(parsed()).network())));
    }

    /** An ONNX model of the network as its spec says it. */
    ExportReport toOnnx(Path onnx) throws InvalidInputException, IOException {
        BoundNetwork bound = lowered(parsed());
        LoweredNetwork network = bound.network();
        AtomicFile.write(onnx, stream -> OnnxExport.write(network.graph(), PictureInput.ofArrays(network),
                options.model().batch(), stream));
        return ExportReport.of(bound, options.model().batch(), diagnostics.sorted());
    }

    private FrontEnd parsed() throws InvalidInputException {
        progress.accept(Stage.PARSE);
        return FrontEnd.read(options.network().spec(), diagnostics);
    }

    private BoundNetwork lowered(FrontEnd spec) throws InvalidInputException {
        progress.accept(Stage.LOWER);
        return options.network().weights().isEmpty()
                ? spec.seeded(options.network().input(), options.network().seed().orElse(0))
                : spec.bound(options.network().input(), options.network().weights().get(), options.network().binding());
    }

    /** Begins to interpret the network, beside all that follows. */
    private SelfTestProof proof(LoweredNetwork network) throws InvalidInputException {
        double operations = Interpretation.operations(network.graph());
        if ((options.model().selfTest() || options.model().storage().isHalf())
                && operations > Interpretation.MOST_OPERATIONS) {
            diagnostics.report(DiagnosticCode.E102, place,
                    "a plain interpreter would take %.1e operations for the network's answer to the self-test, more than %.1e"
                            .formatted(operations, (double) Interpretation.MOST_OPERATIONS),
                    "make the input smaller, or compile with --no-self-test"
                            + (options.model().storage().isHalf() ? " and --storage f32" : ""));
            diagnostics.throwIfErrors();
        }
        return new SelfTestProof(network.graph(), options.model().selfTest(), options.model().storage(), diagnostics);
    }

    private record Emission(ModelSignature signature, MemoryPlan plan, GeneratedModel model) {}

    private Emission emitted(FrontEnd spec, LoweredNetwork network, SelfTestProof proof) throws InvalidInputException {
        ModelSignature signature = spec.signature(network, options.model().batch());
        Graph graph = rounded(optimised(network), proof);
        MemoryPlan plan = planned(graph);
        requireBudget(plan);
        progress.accept(Stage.EMIT);
        GeneratedModel model =
                ModelEmitter.emit(plan, options.model().packageName().orElseGet(() -> Names.packageName(graph.name())));
        return new Emission(signature, plan, model);
    }

    private Graph optimised(LoweredNetwork network) throws InvalidInputException {
        progress.accept(Stage.OPTIMISE);
        Graph graph = options.pipeline().run(network.graph()).graph();
        SizeLimits.check(graph, diagnostics);
        diagnostics.throwIfErrors();
        return graph;
    }

    private Graph rounded(Graph graph, SelfTestProof proof) throws InvalidInputException {
        Graph rounded = proof.stored(graph);
        diagnostics.throwIfErrors();
        return rounded;
    }

    private MemoryPlan planned(Graph graph) throws InvalidInputException {
        progress.accept(Stage.PLAN);
        MemoryPlan plan = Planner.plan(graph);
        SizeLimits.check(plan, diagnostics);
        diagnostics.throwIfErrors();
        return plan;
    }

    private void requireBudget(MemoryPlan plan) throws InvalidInputException {
        if (options.model().memoryBudget().isPresent()
                && plan.arenaBytes() > options.model().memoryBudget().getAsLong()) {
            diagnostics.report(DiagnosticCode.E403, place,
                    "the values of a session take " + plan.arenaBytes() + " bytes, the budget is "
                            + options.model().memoryBudget().getAsLong(),
                    "no plan could do with less than " + plan.lowerBoundBytes()
                            + "; make the network smaller or the budget larger");
            diagnostics.throwIfErrors();
        }
    }

    /** The classes; if javac refuses any, that is a defect of ours, shown at the layer it comes from. */
    private Map<String, byte[]> compiled(GeneratedModel model) throws InvalidInputException {
        progress.accept(Stage.COMPILE);
        InMemoryCompilation.Result result = InMemoryCompilation.compile(model.sources());
        for (InMemoryCompilation.Refusal refusal : result.refusals()) {
            diagnostics.report(DiagnosticCode.E402, model.spanAt(refusal.path(), refusal.line()).orElse(place),
                    "javac refuses the code of this layer: " + refusal.message().replaceAll("\\s+", " "),
                    "this is a defect of xceptionc; please report it with this spec");
        }
        diagnostics.throwIfErrors();
        return result.classFiles();
    }

    private ModelFiles packed(Emission emission, SelfTestProof proof) throws IOException {
        progress.accept(Stage.INTERPRET);
        Optional<SelfTest> selfTest = proof.selfTest(emission.model());
        progress.accept(Stage.PACK);
        return new ModelFiles(emission.model(), emission.signature(), selfTest, options.model().storage());
    }

    private void write(ModelJar model, Path jar, boolean tried) throws InvalidInputException, IOException {
        if (!tried) {
            model.writeTo(jar);
            return;
        }
        try {
            model.writeTried(jar, () -> progress.accept(Stage.TRY));
        } catch (ModelException e) {
            diagnostics.report(DiagnosticCode.E404, place,
                    "the model was compiled, but does not run here, so no jar was made: " + e.getMessage(),
                    "where this machine lacks what others have, compile with --no-self-test, which leaves out this trial");
            diagnostics.throwIfErrors();
        }
    }

    private CompilationReport report(Path jar, BoundNetwork bound, Emission emission, ModelFiles files,
            SelfTestProof proof, Duration duration) {
        LoweredNetwork network = bound.network();
        MemoryPlan plan = emission.plan();
        Constants constants = emission.model().constants();
        return new CompilationReport(jar, emission.signature(), network.layers().size(), plan.steps().size(),
                Summary.of(network).parameters(), constants.byteSize(), constants.byteSize(options.model().storage()),
                plan.arenaBytes(), plan.lowerBoundBytes(), plan.rows().floats() * (long) Float.BYTES,
                files.hasSelfTest(), proof.storageLoss(), duration, bound.weights(), diagnostics.sorted());
    }
}
