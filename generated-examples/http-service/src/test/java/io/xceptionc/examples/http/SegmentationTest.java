package io.xceptionc.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A served model whose images tell the strongest colour of each pixel, and its number; its vector tells the mean. */
class SegmentationTest {

    private static final String SPEC = """
            model: colours
            input: {shape: [4, 4, 3], resize: nearest}
            layers:
              - relu: {name: colours}
              - argmax: {name: number}
              - global_avg_pool2d: {name: mean, input: colours}
            outputs: {colours: {labels: [red, green, blue]}, number: number, mean: mean}
            """;

    @TempDir
    private static Path folder;

    private static InferenceService service;
    private static ServedModel served;
    private static byte[] picture;

    @BeforeAll
    static void start() throws Exception {
        Path jar = folder.resolve("colours.jar");
        Compiler.compile(CompilerOptions.of(Files.writeString(folder.resolve("colours.yaml"), SPEC)).withSeed(1), jar,
                _ -> {
                });
        OpenOptions options = OpenOptions.DEFAULT.withThreads(1);
        served = new ServedModel(CompiledModel.open(jar, options));
        service = InferenceService.start(Shapes.SERVICE, List.of(CompiledModel.open(jar, options)));
        BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 4; x++) {
            image.setRGB(x, 0, 0x00ff00);
            image.setRGB(x, 1, x == 0 ? 0xff0000 : 0x0000ff);
        }
        picture = PictureWriter.png(image);
    }

    @AfterAll
    static void end() {
        service.close();
        served.close();
    }

    private static HttpResponse<byte[]> post(String request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + service.port() + "/v2/models/colours/" + request);
            return client.send(HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(picture)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void segmentHasTheShareOfEachClass() throws Exception {
        HttpResponse<byte[]> answer = post("segment?output=colours");
        assertEquals("200 application/json {\"model_name\":\"colours\",\"output\":\"colours\",\"height\":2,\"width\":4,"
                + "\"classes\":[{\"index\":1,\"label\":\"green\",\"share\":0.5},"
                + "{\"index\":2,\"label\":\"blue\",\"share\":0.375},{\"index\":0,\"label\":\"red\",\"share\":0.125}]}",
                answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse("") + " "
                        + new String(answer.body(), UTF_8));
    }

    @Test
    void maskIsAPictureOfTheClasses() throws Exception {
        for (String output : List.of("colours", "number")) {
            HttpResponse<byte[]> answer = post("mask?output=" + output);
            assertEquals("200 image/png",
                    answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse(""));
            BufferedImage mask = ImageIO.read(new ByteArrayInputStream(answer.body()));
            assertEquals(0xff800000, mask.getRGB(0, 0));
            assertEquals(List.of(4, 2), List.of(mask.getWidth(), mask.getHeight()));
            assertEquals(List.of(1, 1, 0, 2), List.of(mask.getRaster().getSample(0, 0, 0),
                    mask.getRaster().getSample(3, 0, 0), mask.getRaster().getSample(0, 1, 0),
                    mask.getRaster().getSample(3, 1, 0)));
        }
    }

    private static String problem(boolean segments, Optional<String> output) {
        try (RunQueue queue = new RunQueue(1, 0, Duration.ofMinutes(5)); RunQueue.Place place = queue.enter()) {
            return assertThrows(RequestProblem.class, () -> {
                if (segments) {
                    served.segment(picture, output, place);
                } else {
                    served.classify(picture, output, 5, place);
                }
            }).getMessage();
        }
    }

    @Test
    void whoAsksForWhatIsNotThereIsToldWhatIs() {
        assertEquals("model 'colours' gives the outputs [colours, number, mean]; say which one is asked, as in "
                + "segment?output=colours", problem(true, Optional.empty()));
        assertEquals("model 'colours' gives no image as 'mean' but [3]; POST to classify or infer",
                problem(true, Optional.of("mean")));
        assertEquals("model 'colours' gives the outputs [colours, number, mean]; the request asks for [sky]",
                problem(true, Optional.of("sky")));
        assertEquals("model 'colours' gives an image [4, 4, 3] as 'colours'; POST to segment or mask",
                problem(false, Optional.of("colours")));
    }
}
