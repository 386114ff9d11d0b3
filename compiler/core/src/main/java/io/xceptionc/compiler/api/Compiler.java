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
import io.xceptionc.compiler.format.FileFormat;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.jar.InMemoryCompilation;
import io.xceptionc.compiler.jar.ModelFiles;
import io.xceptionc.compiler.jar.ModelJar;
import io.xceptionc.compiler.lower.ImageSize;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compiles a spec and its weights to a model jar. */
public final class Compiler {

    private final CompilerOptions options;
    private final Consumer<Stage> progress;
    private final Diagnostics diagnostics = new Diagnostics();
    private final long start = System.nanoTime();
    private Supplier<List<Path>> furtherWeights = List::of;

    private Compiler(CompilerOptions options, Consumer<Stage> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Checks a spec without weights.
     *
     * @return what is odd, but no error
     * @throws InvalidInputException if it is wrong; with all problems
     */
    public static List<Diagnostic> check(Path spec) throws InvalidInputException {
        Diagnostics diagnostics = new Diagnostics();
        FrontEnd.read(spec, diagnostics).declared(Optional.empty());
        return diagnostics.sorted();
    }

    /**
     * What a spec's network consists of and costs.
     *
     * @param input height and width in place of the spec's
     * @throws InvalidInputException if the spec is wrong; with all problems
     */
    public static Summary summarise(Path spec, Optional<ImageSize> input) throws InvalidInputException {
        return Summary.of(FrontEnd.read(spec, new Diagnostics()).declared(input));
    }

    /**
     * Compiles to a model jar, which appears when it is whole, after the sources if they are asked for.
     *
     * @param progress is told each stage as it begins
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if the jar or the sources cannot be written
     */
    public static CompilationReport compile(CompilerOptions options, Path jar, Consumer<Stage> progress)
            throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, progress);
        return compiler.withNetwork((front, bound) -> compiler.toJar(front, bound, jar, false));
    }

    /**
     * Compiles as {@link #compile} does, and opens the jar and runs it once before it appears, so that there is none that the runtime
     * refuses. That gives HotSpot directives and claims a width of vectors, as opening any model does; it is left out where the options
     * leave out the self-test, or this JVM was started without the Vector API.
     *
     * @throws InvalidInputException as {@link #compile}, and if the model does not run on this machine
     */
    public static CompilationReport compileAndTry(CompilerOptions options, Path jar, Consumer<Stage> progress)
            throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, progress);
        return compiler.withNetwork((front, bound) -> compiler.toJar(front, bound, jar, options.selfTest()));
    }

    /**
     * Generates the sources of a model and the files that the runtime looks for beside its class, for others to compile and pack.
     * Files that are there already with the same bytes are left alone.
     *
     * @param options the folder of sources in them does not count
     * @param sources the folder for the sources
     * @param resources the folder for the files beside the class
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be written
     */
    public static GenerationReport generate(CompilerOptions options, Path sources, Path resources)
            throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, stage -> {
        });
        return compiler.withNetwork((front, bound) -> compiler.toFolders(front, bound.network(), sources, resources));
    }

    /**
     * Rewrites a network as {@link #compile} does, and shows its graph in every state.
     *
     * @param lowered is given the graph before all passes
     * @param observer is given each pass and the graph after it
     * @return what is odd, but no error
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be read
     */
    public static List<Diagnostic> rewrite(CompilerOptions options, Consumer<Graph> lowered,
            BiConsumer<Pass, Graph> observer) throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, stage -> {
        });
        return compiler.withNetwork((_, bound) -> {
            lowered.accept(bound.network().graph());
            options.pipeline().run(bound.network().graph(), observer);
            return compiler.diagnostics.sorted();
        });
    }

    /**
     * Plans a network as {@link #compile} does, and writes nothing.
     *
     * @param options package, sources and storage do not count
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be read
     */
    public static PlanReport plan(CompilerOptions options) throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, stage -> {
        });
        return compiler.withNetwork(
                (_, bound) -> PlanReport.of(compiler.planned(compiler.rewritten(bound.network()))));
    }

    /**
     * Writes the network with its weights as an ONNX model, images {@code [batch, channels, height, width]}, for others to run.
     *
     * @param options package, sources and passes do not count
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if the model cannot be written
     */
    public static ExportReport export(CompilerOptions options, Path onnx)
            throws InvalidInputException, IOException {
        Compiler compiler = new Compiler(options, stage -> {
        });
        return compiler.withNetwork((_, bound) -> {
            AtomicFile.write(onnx, stream -> OnnxExport.write(bound.network().graph(),
                    PictureInput.ofArrays(bound.network()), options.batch(), stream));
            return ExportReport.of(bound, options.batch(), compiler.diagnostics.sorted());
        });
    }

    private interface BackEnd<T> {
        T apply(FrontEnd front, BoundNetwork bound) throws InvalidInputException, IOException;
    }

    /** Reads the spec and binds its weights, which can be had until the back end is done. */
    private <T> T withNetwork(BackEnd<T> back) throws InvalidInputException, IOException {
        progress.accept(Stage.PARSE);
        FrontEnd front = FrontEnd.read(options.spec(), diagnostics);
        progress.accept(Stage.LOWER);
        if (options.weights().isEmpty()) {
            return back.apply(front, front.seeded(options.input(), options.seed().orElse(0)));
        }
        try (TensorSource source = FileFormat.open(options.weights().get())) {
            furtherWeights = source::furtherFiles;
            return back.apply(front, front.bound(options.input(), source, options.binding()));
        }
    }

    private record Emission(ModelSignature signature, MemoryPlan plan, GeneratedModel model) {}

    private Emission emit(FrontEnd front, LoweredNetwork network, SelfTestProof proof) throws InvalidInputException {
        ModelSignature signature = front.signature(network, options.batch());
        Graph graph = proof.stored(rewritten(network));
        diagnostics.throwIfErrors();
        MemoryPlan plan = planned(graph);
        requireBudget(plan);
        progress.accept(Stage.EMIT);
        return new Emission(signature, plan,
                ModelEmitter.emit(plan, options.packageName().orElseGet(() -> Names.packageName(graph.name()))));
    }

    private Graph rewritten(LoweredNetwork network) throws InvalidInputException {
        progress.accept(Stage.OPTIMISE);
        Graph graph = options.pipeline().run(network.graph()).graph();
        SizeLimits.check(graph, diagnostics);
        diagnostics.throwIfErrors();
        return graph;
    }

    private MemoryPlan planned(Graph graph) throws InvalidInputException {
        progress.accept(Stage.PLAN);
        MemoryPlan plan = Planner.plan(graph);
        SizeLimits.check(plan, diagnostics);
        diagnostics.throwIfErrors();
        return plan;
    }

    private void requireBudget(MemoryPlan plan) throws InvalidInputException {
        if (options.memoryBudget().isPresent() && plan.arenaBytes() > options.memoryBudget().getAsLong()) {
            diagnostics.report(DiagnosticCode.E403, SourceSpan.ofFile(options.spec().toString()),
                    "the values of a session take " + plan.arenaBytes() + " bytes, the budget is "
                            + options.memoryBudget().getAsLong(),
                    "no plan could do with less than " + plan.lowerBoundBytes()
                            + "; make the network smaller or the budget larger");
            diagnostics.throwIfErrors();
        }
    }

    private SelfTestProof proof(LoweredNetwork network) throws InvalidInputException {
        double operations = Interpretation.operations(network.graph());
        if ((options.selfTest() || options.storage().isHalf()) && operations > Interpretation.MOST_OPERATIONS) {
            diagnostics.report(DiagnosticCode.E102, SourceSpan.ofFile(options.spec().toString()),
                    "a plain interpreter would take %.1e operations for the network's answer to the self-test, more than %.1e"
                            .formatted(operations, (double) Interpretation.MOST_OPERATIONS),
                    "make the input smaller, or compile with --no-self-test"
                            + (options.storage().isHalf() ? " and --storage f32" : ""));
            diagnostics.throwIfErrors();
        }
        return new SelfTestProof(network.graph(), options.selfTest(), options.storage(), diagnostics);
    }

    private CompilationReport toJar(FrontEnd front, BoundNetwork bound, Path jar, boolean tried)
            throws InvalidInputException, IOException {
        LoweredNetwork network = bound.network();
        try (SelfTestProof proof = proof(network)) {
            Emission emission = emit(front, network, proof);
            progress.accept(Stage.COMPILE);
            Map<String, byte[]> classFiles = classFiles(emission.model());
            ModelFiles files = files(emission, proof);
            if (options.sources().isPresent()) {
                files.writeSources(options.sources().get());
            }
            MemoryPlan plan = emission.plan();
            write(new ModelJar(files, classFiles, plan, front.text(), front.license()), jar, tried);
            Constants constants = emission.model().constants();
            return new CompilationReport(jar, emission.signature(), network.layers().size(), plan.steps().size(),
                    Summary.of(network).parameters(), constants.byteSize(), constants.byteSize(options.storage()),
                    plan.arenaBytes(), plan.lowerBoundBytes(), plan.rows().floats() * (long) Float.BYTES,
                    files.hasSelfTest(), proof.storageLoss(), Duration.ofNanos(System.nanoTime() - start),
                    bound.weights(), diagnostics.sorted());
        }
    }

    private void write(ModelJar model, Path jar, boolean tried) throws InvalidInputException, IOException {
        if (!tried) {
            model.writeTo(jar);
            return;
        }
        try {
            model.writeTried(jar, () -> progress.accept(Stage.TRY));
        } catch (ModelException e) {
            diagnostics.report(DiagnosticCode.E404, SourceSpan.ofFile(options.spec().toString()),
                    "the model was compiled, but does not run here, so no jar was made: " + e.getMessage(),
                    "where this machine lacks what others have, compile with --no-self-test, which leaves out this trial");
            diagnostics.throwIfErrors();
        }
    }

    private ModelFiles files(Emission emission, SelfTestProof proof) throws IOException {
        progress.accept(Stage.INTERPRET);
        Optional<SelfTest> selfTest = proof.selfTest(emission.model());
        progress.accept(Stage.PACK);
        return new ModelFiles(emission.model(), emission.signature(), selfTest, options.storage());
    }

    private GenerationReport toFolders(FrontEnd front, LoweredNetwork network, Path sources, Path resources)
            throws InvalidInputException, IOException {
        try (SelfTestProof proof = proof(network)) {
            Emission emission = emit(front, network, proof);
            ModelFiles files = files(emission, proof);
            SequencedMap<Path, Boolean> sourceFiles = files.writeSources(sources);
            SequencedMap<Path, Boolean> resourceFiles = files.writeResources(resources);
            List<Path> inputs = Stream.of(front.files(), options.weights().stream().toList(), furtherWeights.get())
                    .flatMap(List::stream).toList();
            return new GenerationReport(emission.model().className(), emission.model().providerName(), inputs,
                    sourceFiles, resourceFiles, emission.plan().arenaBytes(), diagnostics.sorted());
        }
    }

    /** The classes; if javac refuses any, that is a defect of ours, shown at the layer it comes from. */
    private Map<String, byte[]> classFiles(GeneratedModel model) throws InvalidInputException {
        InMemoryCompilation.Result result = InMemoryCompilation.compile(model.sources());
        for (InMemoryCompilation.Refusal refusal : result.refusals()) {
            SourceSpan span =
                    model.spanAt(refusal.path(), refusal.line()).orElse(SourceSpan.ofFile(options.spec().toString()));
            diagnostics.report(DiagnosticCode.E402, span,
                    "javac refuses the code of this layer: " + refusal.message().replaceAll("\\s+", " "),
                    "this is a defect of xceptionc; please report it with this spec");
        }
        diagnostics.throwIfErrors();
        return result.classFiles();
    }
}
