package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.compiler.format.npy.NpzFile;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb on a model of three outputs: numbers, classes, and an image of classes. */
class SeveralOutputsTest {

    private static final String SPEC = """
            model: faces
            input: {shape: [4, 4, 2]}
            layers:
              - conv2d: {name: mask, filters: 2, kernel: 1, bias: false}
              - global_avg_pool2d: {name: features}
              - dense: {name: age, units: 1, bias: false}
              - dense: {name: gender, units: 2, activation: softmax, bias: false, input: features}
            outputs: {age: age, gender: {labels: [female, male]}, ground: {layer: mask, labels: [sky, road]}}
            """;

    @TempDir
    private static Path folder;

    private static Path spec;
    private static Path jar;
    private static Path zeros;

    @BeforeAll
    static void compile() throws Exception {
        spec = Files.writeString(folder.resolve("faces.yaml"), SPEC);
        jar = folder.resolve("faces.jar");
        zeros = folder.resolve("zeros.npy");
        try (OutputStream stream = Files.newOutputStream(zeros)) {
            NpyFile.writeHeader(List.of(2, 4, 4, 2), stream);
            NpyFile.writeElements(new float[64], stream);
        }
        Invocation compiled = Invocation.of("compile", spec, "--seed", 1, "-o", jar);
        assertTrue(compiled.out().contains("  outputs  age [1], gender [2], ground [4, 4, 2]\n"), compiled.toString());
    }

    private static Invocation run(Object... words) {
        Invocation invocation = Invocation.of(words).without(folder);
        return new Invocation(invocation.status(), invocation.out().replaceAll(" +", " ")
                .replaceAll("(?m)(,|\"milliseconds\": )[0-9]+\\.[0-9]+(?=,?$)", "$1#"),
                invocation.err());
    }

    @Test
    void eachIsPrintedByItsKind() {
        assertEquals("""
                input output rank label value time
                zeros.npy[0] age 0.0000 # ms
                 gender 1 female 0.5000
                 2 male 0.5000
                 ground 1 sky 100.0 %
                zeros.npy[1] age 0.0000 # ms
                 gender 1 female 0.5000
                 2 male 0.5000
                 ground 1 sky 100.0 %
                """, run("predict", jar, zeros).out());
        assertEquals("""
                input,output,rank,label,value,milliseconds
                zeros.npy[0],age,,,0.0,#
                zeros.npy[0],gender,1,female,0.5,#
                zeros.npy[0],ground,1,sky,1.0,#
                zeros.npy[1],age,,,0.0,#
                zeros.npy[1],gender,1,female,0.5,#
                zeros.npy[1],ground,1,sky,1.0,#
                """, run("predict", jar, zeros, "--format", "csv", "--top", 1).out());
        assertEquals("""
                {
                 "model": "faces",
                 "predictions": [ {
                 "input": "zeros.npy[0]",
                 "milliseconds": #,
                 "outputs": {
                 "age": {
                 "numbers": [ 0.0 ]
                 },
                 "gender": {
                 "classes": [ {
                 "rank": 1,
                 "index": 0,
                 "label": "female",
                 "probability": 0.5
                 } ]
                 },
                 "ground": {
                 "shape": [ 4, 4, 2 ],
                 "classes": [ {
                 "index": 0,
                 "label": "sky",
                 "share": 1.0
                 } ]
                 }
                 }
                 }""", run("predict", jar, zeros, "--format", "json", "--top", 1).out().lines().limit(27)
                .reduce((a, b) -> a + "\n" + b).orElseThrow().replaceAll(", \\{$", ""));
    }

    @Test
    void labelsAreForOneOfThem() throws Exception {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "woman\nman\n");
        String out = run("predict", jar, zeros, "--labels", "gender=" + labels).out();
        assertTrue(out.contains(" gender 1 woman 0.5000\n"), out);
        assertEquals(
                """
                        xceptionc: predict: model 'faces' has 3 outputs, age, gender, ground; say whose labels these are: --labels age=FILE
                        see 'xceptionc help predict'
                        """,
                run("predict", jar, zeros, "--labels", labels).err());
        assertEquals("""
                labels.txt: error[E105]: has 2 labels, but output 'age' yields 1 number
                       give one label for each number, in its order
                1 error
                """, run("predict", jar, zeros, "--labels", "age=" + labels).err());
    }

    @Test
    void arraysGoIntoOneFileByName() throws Exception {
        Path file = folder.resolve("out.npz");
        assertEquals("out.npz: written, float32 age [2, 1], gender [2, 2], ground [2, 4, 4, 2]\n",
                run("predict", jar, zeros, "--output", file).out());
        try (NpzFile arrays = NpzFile.open(file)) {
            assertEquals(Set.of("age", "gender", "ground"), new TreeSet<>(arrays.names()));
            assertEquals(0.5f, arrays.read("gender", List.of(2, 2)).orElseThrow()[3]);
        }
        assertEquals("""
                xceptionc: predict: model 'faces' has 3 outputs, age, gender, ground, and a .npy file holds one array; \
                write --output OUT.npz
                see 'xceptionc help predict'
                """, run("predict", jar, zeros, "--output", folder.resolve("out.npy")).err());
    }

    @Test
    void verifyTakesThemByName() {
        Path file = folder.resolve("expected.npz");
        run("predict", jar, zeros, "--output", file);
        Invocation agrees = run("verify", jar, "--input", zeros, "--reference", file);
        assertTrue(agrees.out().endsWith("agrees: no error is above 1.0e-04 of the scale\n"), agrees.toString());
        assertTrue(agrees.out().contains(" ground "), agrees.toString());
        assertEquals("xceptionc: model 'faces' has 3 outputs, age, gender, ground; put what they must yield into a .npz"
                + " file, arrays by these names: --reference OUT.npz\n",
                run("verify", jar, "--input", zeros, "--reference", zeros).err());
        assertEquals(0, run("verify", jar, "--seed", 1).status());
        assertEquals(0, run("selftest", jar).status());
    }

    @Test
    void exportAndImportKeepThem() {
        Path onnx = folder.resolve("faces.onnx");
        String exported = run("export", spec, "--seed", 1, "-o", onnx).out();
        assertTrue(exported.contains("""
                 output 'age' [1, 1], float32
                 output 'gender' [1, 2], float32
                 output 'ground' [1, 2, 4, 4], float32
                """), exported);
        Path imported = folder.resolve("imported");
        String out = run("import", onnx, "-o", imported).out();
        assertTrue(out.contains(" outputs age [1], gender [2], ground [4, 4, 2]\n"), out);
    }
}
