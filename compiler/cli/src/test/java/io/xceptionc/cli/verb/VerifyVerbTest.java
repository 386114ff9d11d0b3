package io.xceptionc.cli.verb;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.reference.ReferenceInterpreter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyVerbTest {

    @TempDir
    private Path folder;

    private Invocation verify(int batch, Object... words) throws Exception {
        return Invocation.of(Stream.concat(Stream.of("verify", TinyModel.jar(batch)), Stream.of(words)).toArray())
                .without(folder);
    }

    private static byte[] npy(List<Integer> shape, float... elements) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NpyFile.writeHeader(shape, bytes);
        NpyFile.writeElements(elements, bytes);
        return bytes.toByteArray();
    }

    private Path write(String name, List<Integer> shape, float... elements) throws IOException {
        return Files.write(folder.resolve(name), npy(shape, elements));
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private Path image(long seed) throws IOException {
        return write("in.npy", List.of(8, 8, 3), TinyModel.image(seed));
    }

    /** What the interpreter makes of an image, by layer, in files as numpy.savez writes them. */
    private Path layers(long seed, Map<String, float[]> changed) throws IOException {
        Path file = folder.resolve("layers.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Map<String, List<Integer>> shapes = new LinkedHashMap<>();
            TinyModel.graph().nodes().forEach(node -> shapes.put(node.name(), node.type().dimensions()));
            for (Map.Entry<String, double[]> entry : ReferenceInterpreter
                    .valuesByName(TinyModel.graph(), TinyModel.image(seed)).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
                zip.write(npy(shapes.get(entry.getKey()),
                        changed.getOrDefault(entry.getKey(), narrow(entry.getValue()))));
                zip.closeEntry();
            }
        }
        return file;
    }

    private static String masked(String out) {
        return out.replaceAll("[0-9.]+e[-+][0-9]+", "#").replaceAll("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?", "#")
                .replaceAll("\\[[0-9, ]+]", "[#]").replaceAll(" +", " ").replaceAll(" \n", "\n");
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void resultsThatAgree(int batch) throws Exception {
        float[] two = Arrays.copyOf(TinyModel.image(1), 2 * TinyModel.INPUT_LENGTH);
        System.arraycopy(TinyModel.image(2), 0, two, TinyModel.INPUT_LENGTH, TinyModel.INPUT_LENGTH);
        Path in = write("in.npy", List.of(2, 8, 8, 3), two);
        float[] results = Arrays.copyOf(narrow(TinyModel.expected(TinyModel.image(1))), 6);
        System.arraycopy(narrow(TinyModel.expected(TinyModel.image(2))), 0, results, 3, 3);
        Path out = write("out.npy", List.of(2, 3), results);
        Invocation verified = verify(batch, "--input", in, "--reference", out);
        assertEquals("", verified.err());
        assertEquals("""
                input error of scale ULPs worst at reference model
                in.npy[#] # # # [#] # #
                in.npy[#] # # # [#] # #

                agrees: no error is above # of the scale
                """, masked(verified.out()));
        assertEquals(0, verified.status());
    }

    @Test
    void aResultThatDeparts() throws Exception {
        float[] result = narrow(TinyModel.expected(TinyModel.image(1)));
        result[1] += 0.25f;
        Path out = write("out.npy", List.of(3), result);
        Invocation verified = verify(1, "--input", image(1), "--reference", out);
        assertEquals(1, verified.status());
        assertTrue(verified.out().lines().toList().get(1).startsWith("in.npy  2.5e-01  "), verified.out());
        assertTrue(verified.out().lines().toList().get(1).contains("  [1]  "), verified.out());
        assertEquals(
                "xceptionc: 1 of 1 result above 1.0e-04 of the scale; 'xceptionc verify --layers' or --weights finds"
                        + " the first layer that departs\n",
                verified.err());
        assertEquals(0, verify(1, "--input", image(1), "--reference", out, "--tolerance", "0.9").status());
    }

    @Test
    void whatIsNoNumberDeparts() throws Exception {
        Path out = write("out.npy", List.of(3), 0.5f, Float.NaN, 0.25f);
        Invocation verified = verify(1, "--input", image(1), "--reference", out);
        assertEquals(1, verified.status());
        assertTrue(verified.out().contains("Infinity  Infinity"), verified.out());
    }

    /** NaN in one group stays there, and so does the one that tanh makes of it. */
    @Test
    void whatIsNotFiniteWhereItIsRightAgrees() throws Exception {
        Path spec = Files.writeString(folder.resolve("groups.yaml"), """
                model: groups
                input: {shape: [6, 6, 8]}
                layers:
                  - conv2d: {filters: 8, kernel: 3, groups: 4, padding: same}
                  - tanh
                """);
        Path groups = folder.resolve("groups.jar");
        assertEquals(0, Invocation.of("compile", spec, "-o", groups, "--seed", "3").status());
        float[] image = new float[6 * 6 * 8];
        image[(2 * 6 + 3) * 8] = Float.NaN;
        image[(4 * 6 + 1) * 8 + 5] = Float.POSITIVE_INFINITY;
        Path input = write("holed.npy", List.of(6, 6, 8), image);
        Invocation verified = Invocation.of("verify", groups, "--input", input, "--seed", "3");
        assertEquals("", verified.err());
        assertEquals(0, verified.status());
    }

    @Test
    void layersThatAgreeWithTheInterpreter() throws Exception {
        Invocation verified = verify(1, "--seed", TinyModel.SEED);
        assertEquals("", verified.err());
        assertEquals("""
                step layer error of scale ULPs worst at reference model
                input input # # # [#] # #
                stem stem_relu # # # [#] # #
                sep sep # # # [#] # #
                pool pool # # # [#] # #
                predictions predictions # # # [#] # #
                predictions_activation predictions_activation # # # [#] # #
                output output # # # [#] # #

                agrees: no error of 7 layers is above # of the scale
                """, masked(verified.out()));
        Path weights = folder.resolve("w.safetensors");
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            TinyModel.weights().writeTo(channel);
        }
        assertEquals(verified, verify(1, "--weights", weights));
    }

    /**
     * PyTorch's tensors, whose names say nothing of the spec's layers: they are bound as they were to compile the
     * model.
     */
    @Test
    void weightsAreBoundAsTheyWereToCompileTheModel() throws Exception {
        Path weights = folder.resolve("w.safetensors");
        TinyModel.weightsOfPyTorch().writeTo(weights);
        Invocation agrees = verify(1, "--weights", weights, "--match", "order");
        assertEquals(verify(1, "--seed", TinyModel.SEED), agrees);
        assertEquals(agrees, verify(1, "--weights", weights, "--match", "order", "--profile", "pytorch"));
        assertEquals(1, verify(1, "--weights", weights, "--match", "order", "--profile", "keras").status());
        Invocation byName = verify(1, "--weights", weights, "--match", "name");
        assertEquals(1, byName.status());
        assertTrue(byName.err().contains("error[E3"), byName.err());
    }

    private static final String DEPARTS = """
            xceptionc: step '%s' is the first that departs: what it reads agrees, what it yields does not.
            It computes %s. Either the reference means something else by these layers or has other weights,
            or their fusing or their kernel is wrong: 'xceptionc dump %s --layer %s' shows the Java,
            'xceptionc compile --stop-after PASS' finds the pass, 'xceptionc selftest' tests this machine
            """;

    @Test
    void theFirstLayerThatDepartsIsNamedAndTheLast() throws Exception {
        Invocation verified = verify(1, "--seed", TinyModel.SEED + 1);
        assertEquals(1, verified.status());
        assertEquals(3, verified.out().strip().lines().count(), verified.out());
        assertEquals(DEPARTS.formatted("stem", "stem, stem_bn, stem_relu", TinyModel.jar(1), "stem_relu"),
                verified.err());
    }

    @Test
    void layersOfAFile() throws Exception {
        Invocation agrees = verify(1, "--input", image(1), "--layers", layers(1, Map.of()));
        assertEquals("", agrees.err());
        assertTrue(agrees.out().endsWith("agrees: no error of 7 layers is above 1.0e-04 of the scale\n"),
                agrees.out());
        Invocation departs =
                verify(1, "--input", image(1), "--layers",
                        layers(1, Map.of("pool", new float[] {1, 2, 3, 4, 5, 6, 7, 8})));
        assertEquals(1, departs.status());
        assertEquals(DEPARTS.formatted("pool", "pool", TinyModel.jar(1), "pool"), departs.err());
    }

    @Test
    void layersOfOtherShapesAndNamesAreTold() throws Exception {
        Path file = folder.resolve("layers.npz");
        zip(file, "sep.npy", npy(List.of(8, 8, 8), new float[512]));
        assertTrue(verify(1, "--input", image(1), "--layers", file).out().contains("sep"));
        zip(file, "sep.npy", npy(List.of(8, 64), new float[512]));
        assertEquals("xceptionc: layers.npz: 'sep' has the shape [8, 64]; the layer yields [8, 8, 8], height, width and"
                + " channels\n", verify(1, "--input", image(1), "--layers", file).err());
        zip(file, "other.npy", npy(List.of(1), 1));
        assertEquals("xceptionc: layers.npz has no array of a layer that a step yields; it has [other], steps yield"
                + " [input, stem_relu, sep, pool, predictions] and so on\n",
                verify(1, "--input", image(1), "--layers", file).err());
    }

    private static void zip(Path file, String name, byte[] content) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
    }

    /** A bomb is not inflated beyond what the layer takes, names do not lead out, and cut files are told. */
    @Test
    void hostileArchivesAreRefused() throws Exception {
        Path file = folder.resolve("layers.npz");
        zip(file, "sep.npy", new byte[1 << 26]);
        assertEquals("xceptionc: layers.npz: 'sep' is larger than what the layer yields\n",
                verify(1, "--input", image(1), "--layers", file).err());
        for (String name : List.of("../sep.npy", "/sep.npy", "a/../../sep.npy", "a\\sep.npy")) {
            zip(file, name, npy(List.of(1), 1));
            Invocation refused = verify(1, "--input", image(1), "--layers", file);
            assertEquals("xceptionc: layers.npz has an entry whose name leads out of it: '" + name + "'\n",
                    refused.err());
        }
        byte[] whole = Files.readAllBytes(layers(1, Map.of()));
        for (int length = 0; length < whole.length; length += length < 200 ? 20 : 331) {
            Files.write(file, Arrays.copyOf(whole, length));
            Invocation refused = verify(1, "--input", image(1), "--layers", file);
            assertEquals(1, refused.status());
            assertTrue(refused.err().startsWith("xceptionc: layers.npz is no .npz file: "), refused.err());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("in.npy", "layers.npz"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    private Invocation verifyWithOnnxRuntime(String... jars) throws Exception {
        Path onnx = Files.write(folder.resolve("tiny.onnx"), new byte[0]);
        String others = Stream.of(Invocation.classPath().split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("onnxruntime-"))
                .collect(joining(File.pathSeparator));
        return Invocation.ofProcess(folder, List.of("--add-modules", "jdk.incubator.vector"),
                Stream.concat(Stream.of(others), Stream.of(jars)).collect(joining(File.pathSeparator)), "verify",
                TinyModel.jar(1), "--onnx", onnx);
    }

    @Test
    void withoutOnnxRuntimeTheWayToItIsTold() throws Exception {
        assertEquals(new Invocation(1, "", """
                WARNING: Using incubator modules: jdk.incubator.vector
                xceptionc: ONNX Runtime, which --onnx needs, is not on the class path: download it from \
                https://central.sonatype.com/artifact/com.microsoft.onnxruntime/onnxruntime and name it, as in
                    XCEPTIONC_CLASSPATH=onnxruntime-1.29.0.jar xceptionc verify ...
                """), verifyWithOnnxRuntime());
    }

    /** As on a machine for which the jar holds no library. */
    @Test
    void onnxRuntimeWithoutItsNativePartIsRefused() throws Exception {
        Path jar = folder.resolve("classes.jar");
        try (ZipFile whole = new ZipFile(Path.of(OrtEnvironment.class.getProtectionDomain().getCodeSource()
                .getLocation().toURI()).toFile());
                ZipOutputStream classes = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry : whole.stream().filter(file -> file.getName().endsWith(".class")).toList()) {
                classes.putNextEntry(new ZipEntry(entry.getName()));
                classes.write(whole.getInputStream(entry).readAllBytes());
            }
        }
        Invocation refused = verifyWithOnnxRuntime(jar.toString());
        assertEquals(1, refused.status(), refused.err());
        assertTrue(refused.err().contains("xceptionc: ONNX Runtime, which is on the class path, cannot work here: "),
                refused.err());
    }

    @Test
    void onnxRuntimeAgrees() throws Exception {
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        Path onnx = folder.resolve("tiny.onnx");
        assertEquals(0, Invocation.of("export", spec, "--seed", TinyModel.SEED, "-o", onnx).status());
        for (Invocation verified : List.of(verify(1, "--onnx", onnx), verify(1, "--onnx", onnx, "--input", image(4)))) {
            assertEquals("", verified.err());
            assertEquals(0, verified.status());
            assertTrue(verified.out().contains("agrees"), verified.out());
        }
        Invocation.of("export", spec, "--seed", TinyModel.SEED + 1, "-o", onnx);
        assertEquals(1, verify(1, "--onnx", onnx).status());
        Files.write(onnx, new byte[] {1, 2, 3});
        Invocation refused = verify(1, "--onnx", onnx);
        assertTrue(refused.err().startsWith("xceptionc: ONNX Runtime refuses tiny.onnx: "), refused.err());
    }

    /** ONNX Runtime 1.29 itself takes such zeros for none when it optimises. */
    @Test
    void onnxRuntimeAgreesWhereZerosComeBeforeAMaximum() throws Exception {
        Path spec = Files.writeString(folder.resolve("zeros.yaml"), """
                model: zeros
                input: {shape: [9, 9, 3]}
                layers:
                  - conv2d: {filters: 8, kernel: 3}
                  - zero_pad2d: {padding: 1}
                  - max_pool2d: {kernel: 3, stride: 2}
                  - flatten
                  - dense: {units: 3}
                """);
        Path jar = folder.resolve("zeros.jar");
        Path onnx = folder.resolve("zeros.onnx");
        assertEquals(0, Invocation.of("compile", spec, "--seed", 1, "-o", jar).status());
        assertEquals(0, Invocation.of("export", spec, "--seed", 1, "-o", onnx).status());
        Invocation verified = Invocation.of("verify", jar, "--onnx", onnx);
        assertEquals(0, verified.status(), verified.out() + verified.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.jar | what to compare with is missing: --reference, --onnx, --layers, --weights, --seed
            x.jar --seed 1 --onnx x.onnx | --onnx and --seed exclude each other
            x.jar --reference out.npy | --reference needs the input that it belongs to: --input IN.npy
            x.jar --seed 1 --match order | --match goes with --weights FILE
            x.jar --onnx x.onnx --profile timm | --profile goes with --weights FILE
            x.jar --weights w --profile caffe | --profile is keras or pytorch or timm or auto, not 'caffe'
            x.jar --seed 1 --tolerance 2 | --tolerance is a number from 0 to 1, as 1e-4, not '2'
            """)
    void wrongCalls(String words, String message) {
        Object[] all = Stream.concat(Stream.of("verify"), Stream.of(words.split(" ", -1))).toArray();
        assertEquals(new Invocation(2, "", "xceptionc: verify: " + message + "\nsee 'xceptionc help verify'\n"),
                Invocation.of(all));
    }
}
