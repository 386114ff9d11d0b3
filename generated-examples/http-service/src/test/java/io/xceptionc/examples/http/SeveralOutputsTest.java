package io.xceptionc.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.runtime.CompiledModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A served model of two outputs: all are given, or those that are asked for. */
class SeveralOutputsTest {

    private static final String SPEC = """
            model: faces
            input: {shape: [4, 4, 3]}
            layers:
              - global_avg_pool2d: {name: features}
              - dense: {name: age, units: 1, bias: false}
              - dense: {name: gender, units: 2, activation: softmax, bias: false, input: features}
            outputs: {age: age, gender: {labels: [female, male]}}
            """;
    private static final float[] IMAGES = new float[3 * 4 * 4 * 3];

    @TempDir
    private static Path folder;

    private static CompiledModel model;
    private static ServedModel served;

    @BeforeAll
    static void compile() throws Exception {
        Path spec = Files.writeString(folder.resolve("faces.yaml"), SPEC);
        Path jar = folder.resolve("faces.jar");
        Compiler.compile(CompilerOptions.of(spec).withSeed(1).withBatch(2), jar, _ -> {
        });
        model = CompiledModel.open(jar);
        served = new ServedModel(model);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    private static InferenceRequest asking(String... outputs) {
        String names = List.of(outputs).stream().map("{\"name\": \"%s\"}"::formatted)
                .collect(Collectors.joining(", "));
        String data = "0, ".repeat(IMAGES.length - 1) + "0";
        return RequestReader.read("""
                {"inputs": [{"name": "input", "shape": [3, 4, 4, 3], "datatype": "FP32", "data": [%s]}],
                "outputs": [%s]}""".formatted(data, names).getBytes(UTF_8));
    }

    private static String answer(InferenceRequest request) {
        try (RunQueue queue = new RunQueue(1, 0, Duration.ofMinutes(5)); RunQueue.Place place = queue.enter()) {
            SequencedMap<String, float[]> results =
                    served.run(served.images(request), served.outputs(request), place);
            return new String(Answers.inference(request, served.signature(), results), UTF_8);
        }
    }

    @Test
    void theDescriptionHasThem() {
        assertEquals("{\"name\":\"faces\",\"platform\":\"p\",\"inputs\":["
                + "{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,4,4,3]}],\"outputs\":["
                + "{\"name\":\"age\",\"datatype\":\"FP32\",\"shape\":[-1,1]},"
                + "{\"name\":\"gender\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]}",
                new String(Answers.model(served.signature(), "p"), UTF_8));
    }

    @Test
    void allAreGivenOrThoseThatAreAskedFor() {
        String age = "{\"name\":\"age\",\"datatype\":\"FP32\",\"shape\":[3,1],\"data\":[0.0,0.0,0.0]}";
        String gender =
                "{\"name\":\"gender\",\"datatype\":\"FP32\",\"shape\":[3,2],\"data\":[0.5,0.5,0.5,0.5,0.5,0.5]}";
        String start = "{\"model_name\":\"faces\",\"outputs\":[";
        assertEquals(start + age + "," + gender + "]}", answer(asking()));
        assertEquals(start + gender + "]}", answer(asking("gender")));
        assertEquals(start + age + "," + gender + "]}", answer(asking("gender", "age")));
    }

    @Test
    void otherNamesAreRefused() {
        RequestProblem problem = assertThrows(RequestProblem.class, () -> served.images(asking("gender", "output")));
        assertEquals("model 'faces' gives the outputs [age, gender]; the request asks for [gender, output]",
                problem.getMessage());
    }

    @Test
    void aPictureIsClassifiedByOneOfThem() throws Exception {
        byte[] png = Shapes.png(1, 1, new byte[] {0, 0});
        try (RunQueue queue = new RunQueue(1, 0, Duration.ofMinutes(5)); RunQueue.Place place = queue.enter()) {
            assertArrayEquals(new String[] {"female", "male"},
                    served.classify(png, Optional.of("gender"), 5, place).stream().map(one -> one.label()).toArray());
            assertEquals(
                    "model 'faces' gives the outputs [age, gender]; say which one is asked, as in classify?output=age",
                    assertThrows(RequestProblem.class, () -> served.classify(png, Optional.empty(), 5, place))
                            .getMessage());
            assertEquals("model 'faces' gives the outputs [age, gender]; the request asks for [height]",
                    assertThrows(RequestProblem.class, () -> served.classify(png, Optional.of("height"), 5, place))
                            .getMessage());
        }
    }
}
