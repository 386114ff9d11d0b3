package io.xceptionc.compiler.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.api.Stage;
import io.xceptionc.compiler.diagnostic.Diagnostic;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.runtime.CompiledModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that does not run is not delivered, and neither is one that is known to be too large. */
class TrialTest {

    @TempDir
    private Path folder;

    private Path spec(String shape, String layers) throws IOException {
        return Files.writeString(folder.resolve("net.yaml"),
                "model: net\ninput: {shape: " + shape + "}\nlayers: [" + layers + "]\n");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Diagnostic refusal(Path spec) {
        return assertThrows(InvalidInputException.class, () -> Compiler.compileAndTry(
                CompilerOptions.of(spec), folder.resolve("net.jar"), _ -> {
                })).diagnostics().getFirst();
    }

    /** A border of 137 GB, which no session of a test's process can have. */
    private Path tooLargeForThisProcess() throws IOException {
        return spec("[1, 1024, 1]", "{depthwise_conv2d: {kernel: [1024, 1], dilation: [1024, 1], padding: same}}");
    }

    @Test
    void aModelThatDoesNotRunLeavesNoJar() throws Exception {
        Path spec = tooLargeForThisProcess();
        Diagnostic refusal = refusal(spec);
        assertEquals(DiagnosticCode.E404, refusal.code());
        assertTrue(refusal.message()
                .startsWith("the model was compiled, but does not run here, so no jar was made: a session of"
                        + " model 'net' takes 137"),
                refusal.message());
        assertEquals(
                "where this machine lacks what others have, compile with --no-self-test, which leaves out this trial",
                refusal.help());
        assertEquals(List.of(spec), files());
    }

    @Test
    void aModelThatDoesNotRunLeavesTheJarOfBefore() throws Exception {
        Path jar = Files.writeString(folder.resolve("net.jar"), "the one before");
        refusal(tooLargeForThisProcess());
        assertEquals("the one before", Files.readString(jar));
    }

    @Test
    void aModelThatIsNotTriedIsDelivered() throws Exception {
        Path spec = tooLargeForThisProcess();
        Path jar = folder.resolve("net.jar");
        Compiler.compileAndTry(CompilerOptions.of(spec).withoutSelfTest(), jar, _ -> {
        });
        assertEquals(List.of(jar, spec), files());
    }

    @Test
    void aModelThatRunsIsDelivered() throws Exception {
        List<Stage> stages = new ArrayList<>();
        Path jar = folder.resolve("net.jar");
        Compiler.compileAndTry(CompilerOptions.of(spec("[3, 3, 1]", "{depthwise_conv2d: {kernel: 23, padding: same}}")),
                jar, stages::add);
        assertEquals(List.of(Stage.values()), stages);
        try (CompiledModel model = CompiledModel.open(jar)) {
            assertEquals(9, model.run(new float[9]).length);
        }
    }

    @Test
    void memoryThatNoMachineHasIsRefused() throws Exception {
        Diagnostic refusal =
                refusal(spec("[1, 4096, 1]",
                        "{depthwise_conv2d: {kernel: [1024, 1], dilation: [1024, 1], padding: same}}"));
        assertEquals(
                "net.yaml:2:16: error[E205]: the values of a session take 549219991808 bytes, more than 274877906944",
                folder.relativize(Path.of(refusal.span().file()))
                        + refusal.headline().substring(refusal.span().file().length()));
    }

    @Test
    void imagesThatKernelsCannotAddressAreRefused() throws Exception {
        Diagnostic refusal = refusal(spec("[4097, 4096, 1]", "{conv2d: {filters: 1, kernel: 1}}"));
        assertEquals(DiagnosticCode.E205, refusal.code());
        assertEquals(
                "conv2d 'conv2d' yields [4097, 4096, 1], of which 32 channels take 2148008064 bytes with their border,"
                        + " more than 2147483647",
                refusal.message());
    }

    @Test
    void aSelfTestThatTakesHoursIsRefused() throws Exception {
        Diagnostic refusal = refusal(spec("[4096, 4096, 1]", "{max_pool2d: {kernel: 1024, stride: 1, padding: same}}"));
        assertEquals(DiagnosticCode.E102, refusal.code());
        assertEquals(
                "a plain interpreter would take 1.8e+13 operations for the network's answer to the self-test, more than"
                        + " 1.1e+12",
                refusal.message());
        assertEquals("make the input smaller, or compile with --no-self-test", refusal.help());
    }
}
