package io.xceptionc.compiler.api.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.GenerationReport;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.FileProblem;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Generates or checks models for a build tool: reads a {@link BuildRequest} as properties from standard input and
 * writes a {@link BuildAnswer} to standard output, both in UTF-8. Exits with 0 if all went well, 1 if an input is
 * wrong, 2 if the request is.
 */
public final class BuildMain {

    private static final int FINE = 0;
    private static final int WRONG_INPUT = 1;
    private static final int WRONG_CALL = 2;

    private final BuildAnswer answer;
    /** By the class that was generated of it, in lower case, as there are file systems that make no difference. */
    private final Map<String, Path> specs = new HashMap<>();
    private int status = FINE;

    private BuildMain(BuildAnswer answer) {
        this.answer = answer;
    }

    /** Serves one request. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, UTF_8);
        int status = run(System.in, out);
        out.flush();
        System.exit(status);
    }

    /** Serves one request in this process. */
    static int run(InputStream in, PrintStream out) {
        BuildAnswer answer = new BuildAnswer(out);
        BuildRequest request;
        try {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, UTF_8));
            request = BuildRequest.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            answer.failure(e.getMessage());
            return WRONG_CALL;
        }
        BuildMain build = new BuildMain(answer);
        request.models().forEach(model -> build.serve(request, model));
        return build.status;
    }

    /** Generates or checks one model; what is wrong with it does not keep the others from being looked at. */
    private void serve(BuildRequest request, CompilerOptions model) {
        try {
            if (request.sources().isPresent()) {
                generate(model, request.sources().get(), request.resources().orElseThrow());
            } else {
                answer.warnings(Compiler.check(model.network().spec()));
            }
        } catch (InvalidInputException refusal) {
            status = WRONG_INPUT;
            answer.refused(model.network().spec(), refusal);
        } catch (IOException e) {
            fail(FileProblem.describe(e));
        } catch (OutOfMemoryError _) {
            fail(model.network().spec() + ": this takes more memory than Java may use ("
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB); allow more with -Xmx");
        }
    }

    private void fail(String message) {
        status = WRONG_INPUT;
        answer.failure(message);
    }

    private void generate(CompilerOptions model, Path sources, Path resources)
            throws InvalidInputException, IOException {
        GenerationReport report = Compiler.generate(model, sources, resources);
        answer.generated(model.network().spec(), report);
        Path other = specs.putIfAbsent(report.className().toLowerCase(Locale.ROOT), model.network().spec());
        if (other != null) {
            throw new InvalidInputException(new Diagnostic(DiagnosticCode.E109,
                    SourceSpan.ofFile(model.network().spec().toString()),
                    "the model becomes the class " + report.className() + ", as that of " + other + " does",
                    "give the models different names, or the specs to different executions with packages of their own"));
        }
    }
}
