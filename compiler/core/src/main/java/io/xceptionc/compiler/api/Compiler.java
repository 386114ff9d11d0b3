package io.xceptionc.compiler.api;

import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.graph.Graph;
import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.lower.ImageSize;
import io.xceptionc.compiler.lower.Summary;
import io.xceptionc.compiler.pass.Pass;
import io.xceptionc.compiler.pass.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Compiles a spec and its weights to a model jar. */
public final class Compiler {

    private Compiler() {}

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
        return new Compilation(options, progress).toJar(jar, false);
    }

    /**
     * Compiles as {@link #compile} does, and opens the jar and runs it once before it appears, so that there is none
     * that the runtime refuses. That gives HotSpot directives and claims a width of vectors, as opening any model does;
     * it is left out where the options leave out the self-test, or this JVM was started without the Vector API.
     *
     * @throws InvalidInputException as {@link #compile}, and if the model does not run on this machine
     */
    public static CompilationReport compileAndTry(CompilerOptions options, Path jar, Consumer<Stage> progress)
            throws InvalidInputException, IOException {
        return new Compilation(options, progress).toJar(jar, options.model().selfTest());
    }

    /**
     * Generates the sources of a model and the files that the runtime looks for beside its class, for others to compile
     * and pack. Files that are there already with the same bytes are left alone.
     *
     * @param options the folder of sources in them does not count
     * @param sources the folder for the sources
     * @param resources the folder for the files beside the class
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be written
     */
    public static GenerationReport generate(CompilerOptions options, Path sources, Path resources)
            throws InvalidInputException, IOException {
        return new Compilation(options, Compiler::unseen).toFolders(sources, resources);
    }

    /**
     * Rewrites a network as {@link #compile} does, and shows its graph in every state.
     *
     * @param observer is given the graph before all passes, and after each
     * @return what is odd, but no error
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be read
     */
    public static List<Diagnostic> rewrite(CompilerOptions options, Consumer<RewrittenGraph> observer)
            throws InvalidInputException, IOException {
        AtomicReference<Graph> last = new AtomicReference<>();
        return new Compilation(options, Compiler::unseen).toGraphs(lowered -> {
            last.set(lowered);
            observer.accept(new RewrittenGraph("", true, GraphPrinter.print(lowered)));
        }, (pass, graph) -> observer.accept(new RewrittenGraph(pass.name(), !graph.equals(last.getAndSet(graph)),
                GraphPrinter.print(graph))));
    }

    /** The names of all passes, in their order; some are there several times. */
    public static List<String> passes() {
        return Pipeline.STANDARD.passes().stream().map(Pass::name).toList();
    }

    /**
     * Plans a network as {@link #compile} does, and writes nothing.
     *
     * @param options package, sources and storage do not count
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if a file cannot be read
     */
    public static PlanReport plan(CompilerOptions options) throws InvalidInputException, IOException {
        return new Compilation(options, Compiler::unseen).toPlan();
    }

    /**
     * Writes the network with its weights as an ONNX model, images {@code [batch, channels, height, width]}, for others
     * to run.
     *
     * @param options package, sources and passes do not count
     * @throws InvalidInputException if spec or weights are wrong; with all problems
     * @throws IOException if the model cannot be written
     */
    public static ExportReport export(CompilerOptions options, Path onnx)
            throws InvalidInputException, IOException {
        return new Compilation(options, Compiler::unseen).toOnnx(onnx);
    }

    private static void unseen(Stage stage) {}
}
