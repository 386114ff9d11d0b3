package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.export.OnnxExport;
import io.xceptionc.compiler.format.safetensors.SafetensorsWriter;
import io.xceptionc.compiler.graph.Node;
import io.xceptionc.compiler.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb; that ONNX Runtime answers from such files as compiled models do, the examples' tests show. */
class ExportVerbTest {

    @TempDir
    private Path folder;

    private Path spec;
    private Path onnx;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        onnx = folder.resolve("new/tiny.onnx");
    }

    private Invocation export(Object... words) {
        return Invocation.of(Stream.concat(Stream.of("export", spec), Stream.of(words)).toArray()).without(folder);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void writesTheNetworkOfTheSeed() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        OnnxExport.write(TinyModel.graph(), 1, expected);
        Invocation exported = export("--seed", TinyModel.SEED, "-o", onnx);
        assertEquals(new Invocation(0, """
                new/tiny.onnx: exported 'tiny', %.1f KiB

                  input    'input' [1, 3, 8, 8], float32
                  arrays   the network's input as it is
                  output   'output' [1, 3], float32
                  opset    17
                  weights  231 parameters, drawn from seed 7, so its answers mean nothing yet
                """.formatted(expected.size() / 1024.0), ""), exported);
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(onnx));
        assertEquals(List.of("new/tiny.onnx", "tiny.yaml"), files());
    }

    @Test
    void batchAndInputOfAnotherSize() {
        Invocation exported = export("--batch", "4", "--input", "6x10", "-o", onnx);
        List<String> lines = exported.out().lines().toList();
        assertAll(() -> assertEquals(0, exported.status()),
                () -> assertEquals("  input    'input' [4, 3, 6, 10], float32", lines.get(2)),
                () -> assertEquals("  output   'output' [4, 3], float32", lines.get(4)));
    }

    @Test
    void wrongInputsLeaveNothingBehind() throws IOException {
        Invocation noWeights = export("--weights", folder.resolve("none.safetensors"), "-o", onnx);
        Files.writeString(spec, "model: m\n");
        Invocation wrongSpec = export("-o", onnx);
        assertAll(() -> assertEquals(1, noWeights.status()), () -> assertEquals("", noWeights.out()),
                () -> assertEquals(1, wrongSpec.status()), () -> assertEquals("", wrongSpec.out()),
                () -> assertEquals(List.of("tiny.yaml"), files()));
    }

    @Test
    void theSpecIsNotReplaced() throws IOException {
        assertEquals(new Invocation(1, "",
                "xceptionc: tiny.yaml is to be read, so it is not replaced; choose another name\n"),
                export("-o", spec));
        assertEquals(TinyModel.SPEC, Files.readString(spec));
    }

    @Test
    void saysWhatItTookFromAFileByOrder() throws IOException {
        Path weights = folder.resolve("w.safetensors");
        SafetensorsWriter renamed = new SafetensorsWriter();
        for (Node node : TinyModel.graph().nodes()) {
            for (Tensor tensor : node.op().tensors()) {
                renamed.add(tensor.name().replace("stem/", "zero/").replace("sep", "one"), tensor.shape(),
                        tensor.values());
            }
        }
        renamed.writeTo(weights);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        OnnxExport.write(TinyModel.graph(), 1, expected);
        Invocation exported =
                export("--weights", weights, "--match", "order", "--profile", "keras", "--weights-report", "-o", onnx);
        assertEquals(new Invocation(0, """
                new/tiny.onnx: exported 'tiny', %.1f KiB

                  input    'input' [1, 3, 8, 8], float32
                  arrays   the network's input as it is
                  output   'output' [1, 3], float32
                  opset    17
                  weights  231 parameters, from w.safetensors
                  taken    11 tensors, 6 by name, 5 by order; safetensors, profile keras
                  assumed  kernels lie as HWIO, epsilon 0.001 as the spec says

                  layer's tensor             tensor of the file                   by
                  stem, convolution kernel   'zero/kernel' [3, 3, 3, 4]           order
                  stem, bias                 'zero/bias' [4]                      order
                  stem_bn, gamma             'stem_bn/gamma' [4]                  name
                  stem_bn, beta              'stem_bn/beta' [4]                   name
                  stem_bn, moving mean       'stem_bn/moving_mean' [4]            name
                  stem_bn, moving variance   'stem_bn/moving_variance' [4]        name
                  sep, depthwise kernel      'one/depthwise_kernel' [3, 3, 4, 1]  order
                  sep, pointwise kernel      'one/pointwise_kernel' [1, 1, 4, 8]  order
                  sep, bias                  'one/bias' [8]                       order
                  predictions, dense kernel  'predictions/kernel' [8, 3]          name
                  predictions, bias          'predictions/bias' [3]               name
                """.formatted(expected.size() / 1024.0), ""), exported);
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(onnx));
    }
}
