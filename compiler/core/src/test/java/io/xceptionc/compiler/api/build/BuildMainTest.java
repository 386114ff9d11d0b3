package io.xceptionc.compiler.api.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.compiler.jar.ModelJar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildMainTest {

    private static final String SPEC = """
            model: tiny
            input: {shape: [4, 4, 3]}
            labels: labels.txt
            layers:
              - global_avg_pool2d
              - dense: {name: predictions, units: 2}
            """;

    /** Each file that a model has, beside its package's folder. */
    private static final List<String> SOURCES =
            List.of("Tiny.java", "TinyKernels.java", "TinyKernels128.java", "TinyKernels256.java",
                    "TinyKernels512.java", "TinyModel.java");

    @TempDir
    private Path folder;
    private Path spec;

    private record Answer(int status, String text) {}

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), SPEC);
        Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n");
    }

    /** Serves a request; in its answer, {@code .} stands for the test's folder and {@code |} for a tab. */
    private Answer serve(String... lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = BuildMain.run(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8));
        return new Answer(status, out.toString(UTF_8).replace(folder.toString(), ".").replace('\t', '|')
                .replace(System.lineSeparator(), "\n"));
    }

    private Answer generate(String... lines) {
        return serve(Stream.concat(Stream.of("sources=" + folder.resolve("java"), "resources=" + folder.resolve("res"),
                "0.spec=" + spec), Stream.of(lines)).toArray(String[]::new));
    }

    private static String generated(String sourcesState, String textState, String weightsState, String labelsState) {
        String sources = SOURCES.stream()
                .map(name -> "source|./java/xceptionc/model/tiny/" + name + "|" + sourcesState + "\n")
                .collect(Collectors.joining());
        return """
                model|xceptionc.model.tiny.Tiny|xceptionc.model.tiny.TinyModel|./tiny.yaml|2304
                input|./tiny.yaml
                input|./labels.txt
                %sresource|./res/xceptionc/model/tiny/Tiny.properties|%s
                resource|./res/xceptionc/model/tiny/Tiny.labels|%s
                resource|./res/xceptionc/model/tiny/Tiny.selftest|%s
                resource|./res/xceptionc/model/tiny/Tiny.weights|%s
                """.formatted(sources, textState, labelsState, weightsState, weightsState);
    }

    @Test
    void tellsInputsAndFilesAndLeavesAloneWhatDoesNotChange() throws IOException {
        assertEquals(new Answer(0, generated("written", "written", "written", "written")), generate());
        assertEquals(new Answer(0, generated("kept", "kept", "kept", "kept")), generate());
        assertEquals(new Answer(0, generated("kept", "written", "written", "kept")), generate("0.seed=1"));
        Files.writeString(folder.resolve("labels.txt"), "cat\nbird\n");
        assertEquals(new Answer(0, generated("kept", "kept", "kept", "written")), generate("0.seed=1"));
    }

    @Test
    void theFilesAreThoseOfAModelJar() throws Exception {
        generate("0.package=a.b", "0.batch=2");
        Path model = folder.resolve("model.jar");
        Compiler.compile(CompilerOptions.of(spec).withPackageName("a.b").withBatch(2), model, stage -> {
        });
        Set<String> compared = new TreeSet<>();
        try (JarFile jar = new JarFile(model.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
                String name = entries.nextElement().getName();
                String plain = name.replace(ModelJar.SOURCES, "");
                if (plain.startsWith("a/b/") && !plain.endsWith(".class")) {
                    Path file = folder.resolve(plain.endsWith(".java") ? "java" : "res").resolve(plain);
                    assertArrayEquals(jar.getInputStream(jar.getEntry(name)).readAllBytes(), Files.readAllBytes(file),
                            name);
                    compared.add(plain);
                }
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(files.map(Path::toString).filter(name -> name.contains("a/b/"))
                    .map(name -> name.substring(name.indexOf("a/b/"))).collect(Collectors.toCollection(TreeSet::new)),
                    compared);
        }
    }

    @Test
    void shardsOfWeightsAreInputsToo() throws IOException {
        String header = """
                {"predictions/kernel": {"dtype": "F32", "shape": [3, 2], "data_offsets": [0, 24]},
                 "predictions/bias": {"dtype": "F32", "shape": [2], "data_offsets": [24, 32]}}""";
        ByteBuffer shard = ByteBuffer.allocate(8 + header.length() + 32).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(folder.resolve("shard.safetensors"),
                shard.putLong(header.length()).put(header.getBytes(UTF_8)).array());
        Path index = Files.writeString(folder.resolve("tiny.safetensors.index.json"), """
                {"metadata": {"total_size": 32}, "weight_map":
                 {"predictions/kernel": "shard.safetensors", "predictions/bias": "shard.safetensors"}}""");
        assertEquals(List.of("input|./tiny.yaml", "input|./labels.txt", "input|./tiny.safetensors.index.json",
                "input|./shard.safetensors"),
                generate("0.weights=" + index).text().lines().filter(line -> line.startsWith("input|")).toList());
    }

    /** Tensors of another tool, {@code [out, in]}, whose names say nothing of the spec's layer. */
    @Test
    void foreignWeightsAreBoundAsIsAsked() throws IOException {
        String header = """
                {"module.head.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
                 "module.head.bias": {"dtype": "F32", "shape": [2], "data_offsets": [24, 32]}}""";
        ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 32).order(ByteOrder.LITTLE_ENDIAN);
        Path weights = Files.write(folder.resolve("w.safetensors"),
                file.putLong(header.length()).put(header.getBytes(UTF_8)).array());
        assertEquals(1, generate("0.weights=" + weights).status());
        assertEquals(1, generate("0.weights=" + weights, "0.match=order", "0.profile=keras").status());
        assertEquals(0, generate("0.weights=" + weights, "0.match=order", "0.profile=pytorch").status());
        assertEquals(0, generate("0.weights=" + weights, "0.match=order", "0.profile=auto").status());
    }

    @Test
    void aBrokenSpecDoesNotHideTheProblemsOfOthers() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "model: bad\nlayers: []\n");
        Path worse = Files.writeString(folder.resolve("worse.yaml"), "a: [");
        assertEquals(
                new Answer(1,
                        """
                                problem|error|E104|./bad.yaml|1|1|the spec lacks 'input'|add input, for example input: {shape: [299, 299, 3]}
                                problem|error|E101|./worse.yaml|1|5|what begins here does not end|close the quote or bracket
                                """),
                serve("0.spec=" + bad, "1.spec=" + spec, "2.spec=" + worse));
    }

    @Test
    void aSpecIsCheckedWithoutWritingAnything() throws IOException {
        assertEquals(new Answer(0, ""), serve("0.spec=" + spec));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void aModelAboveItsBudgetIsRefused() {
        assertEquals(0, generate("0.memoryBudget=2304").status());
        Answer answer = generate("0.memoryBudget=2303");
        assertEquals(
                new Answer(1, "problem|error|E403|./tiny.yaml|0|0|the values of a session take 2304 bytes, the budget"
                        + " is 2303|no plan could do with less than 2304; make the network smaller or the budget larger\n"),
                answer);
    }

    @Test
    void twoModelsOfOneClassAreRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), SPEC);
        Answer answer = generate("1.spec=" + other);
        assertEquals(1, answer.status());
        assertEquals(
                "problem|error|E109|./other.yaml|0|0|the model becomes the class xceptionc.model.tiny.Tiny, as that of"
                        + " ./tiny.yaml does|give the models different names, or the specs to different executions with packages"
                        + " of their own",
                answer.text().lines().toList().getLast());
    }

    @Test
    void whatCannotBeWrittenIsSaidInOneLine() throws IOException {
        Files.writeString(folder.resolve("java"), "in the way");
        assertEquals(new Answer(1, "failure|./java/xceptionc: Not a directory\n"), generate());
    }

    @Test
    void aWrongRequestIsACallThatIsWrong() {
        assertEquals(new Answer(2, "failure|'a-b' is no name for a Java package\n"), generate("0.package=a-b"));
        assertEquals(new Answer(2, "failure|'0.seed' is no number: x\n"), generate("0.seed=x"));
        assertEquals(new Answer(2, "failure|a batch has 1 to 1024 images, not 2147483647\n"),
                generate("0.batch=4294967297"));
        assertEquals(new Answer(2, "failure|profile is keras or pytorch or timm or auto, not 'Keras'\n"),
                generate("0.profile=Keras"));
        assertEquals(new Answer(2, "failure|match is auto or name or order, not 'shape'\n"),
                generate("0.match=shape"));
        assertEquals(new Answer(2, "failure|'sources' and 'resources' go together\n"), serve("sources=x"));
    }

    @Test
    void whatWouldBreakALineIsEscaped() throws IOException {
        Path odd = Files.writeString(folder.resolve("a\tb\\c\nd.yaml"), "model: bad\nlayers: []\n");
        Answer answer = serve("0.spec=" + odd.toString().replace("\\", "\\\\").replace("\n", "\\n"));
        assertEquals(
                "problem|error|E104|./a\\tb\\\\c\\nd.yaml|1|1|the spec lacks 'input'|add input, for example input: {shape: [299, 299, 3]}",
                answer.text().lines().toList().getFirst());
        assertFalse(answer.text().contains("c\nd"));
    }
}
