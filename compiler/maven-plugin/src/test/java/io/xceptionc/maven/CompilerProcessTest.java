package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real compiler on the Java of the tests, so that both sides are held to what they say to each other. */
class CompilerProcessTest {

    @TempDir
    private Path folder;

    private static CompilerProcess compiler(String... jvmArguments) {
        List<Path> classPath = Pattern.compile(File.pathSeparator).splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of).toList();
        return new CompilerProcess(Jdk.in(Path.of(System.getProperty("java.home"))).orElseThrow(), classPath,
                List.of(jvmArguments));
    }

    private static CompilerAnswer ask(Properties request, String... jvmArguments) throws MojoExecutionException {
        List<String> remarks = new ArrayList<>();
        CompilerAnswer answer = compiler(jvmArguments).ask(request, remarks::add);
        assertEquals(List.of(), remarks);
        return answer;
    }

    private Properties request(String name, String text) throws Exception {
        Properties request = new Properties();
        request.setProperty("0.spec", Files.writeString(folder.resolve(name), text).toString());
        return request;
    }

    @Test
    void generatesWhatIsAskedFor() throws Exception {
        Properties request = request("tiny.yaml", """
                model: tiny
                input: {shape: [1, 1, 2]}
                layers:
                  - global_avg_pool2d
                """);
        request.setProperty("sources", folder.resolve("java").toString());
        request.setProperty("resources", folder.resolve("resources").toString());
        CompilerAnswer answer = ask(request);
        assertEquals(List.of(), answer.problems());
        assertEquals(List.of("xceptionc.model.tiny.Tiny"), answer.models());
        assertEquals(List.of(folder.resolve("tiny.yaml")), answer.inputs());
        assertEquals(6, answer.sources().size());
        assertEquals(4, answer.resources().size());
        for (Path file : answer.sources().keySet()) {
            assertTrue(Files.isRegularFile(file), file.toString());
        }
    }

    @Test
    void namesAndMessagesComeBackAsTheyAre() throws Exception {
        Properties request =
                request("größe \\ = # 'x'.yaml", "model: tiny\ninput: {shape: [1, 1, 2]}\nlayers: [größe]\n");
        CompilerAnswer answer = ask(request);
        assertEquals(List.of(request.getProperty("0.spec") + ":[3,10] there is no operator 'größe'"),
                answer.problems().stream().map(problem -> problem.toString().replaceFirst(" \\[E107\\].*", ""))
                        .toList());
    }

    @Test
    void aJavaThatDoesNotStartIsSaidWithItsWords() throws Exception {
        Properties request = request("tiny.yaml", "");
        MojoExecutionException e =
                assertThrows(MojoExecutionException.class, () -> ask(request, "-XX:+NoSuchOption"));
        assertTrue(
                e.getMessage().startsWith("the compiler ended with status 1, which is a defect of xceptionc, or of its"
                        + " arguments:\n"),
                e.getMessage());
        assertTrue(e.getMessage().contains("NoSuchOption"), e.getMessage());
    }

    @Test
    void aClassPathWithoutTheCompilerIsSaid() {
        CompilerProcess process = new CompilerProcess(compiler().jdk(), List.of(folder), List.of());
        MojoExecutionException e =
                assertThrows(MojoExecutionException.class, () -> process.ask(new Properties(), remark -> {
                }));
        assertTrue(e.getMessage().contains("io.xceptionc.compiler.api.build.BuildMain"), e.getMessage());
    }
}
