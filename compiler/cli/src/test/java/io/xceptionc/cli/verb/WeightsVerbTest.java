package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.cli.Invocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsVerbTest {

    private static final Path CHECKPOINTS =
            Path.of("../core/src/test/resources/io/xceptionc/compiler/format/pytorch");

    @TempDir
    private Path folder;

    /** A file with a name that would color the terminal, and one that would break a line. */
    private Path hostile() throws IOException {
        byte[] header = """
                {"a\\u001b[31m":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
                "b\\n,c":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}""".getBytes(StandardCharsets.UTF_8);
        return Files.write(folder.resolve("w.safetensors"), ByteBuffer.allocate(8 + header.length + 32)
                .order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).array());
    }

    private Invocation weights(Object... words) {
        return Invocation.of(words).without(folder);
    }

    @Test
    void table() throws IOException {
        assertEquals(new Invocation(0, """
                w.safetensors: safetensors

                tensor         type  shape  elements
                'a\\u{1b}[31m'  F32   2 x 3         6
                'b\\u{a},c'     I64                 1

                2 tensors, 6 parameters
                """, ""), weights("weights", hostile()));
    }

    @Test
    void csv() throws IOException {
        assertEquals(new Invocation(0, """
                tensor,type,shape,elements
                a\ufffd[31m,F32,2 x 3,6
                "b\ufffd,c",I64,,1
                """, ""), weights("weights", hostile(), "--format", "csv"));
    }

    @Test
    void json() throws IOException {
        assertEquals(new Invocation(0, """
                {
                  "file": "w.safetensors",
                  "format": "safetensors",
                  "parameters": 6,
                  "tensors": [ {
                    "name": "a\\u001B[31m",
                    "type": "F32",
                    "shape": [ 2, 3 ]
                  }, {
                    "name": "b\\n,c",
                    "type": "I64",
                    "shape": [ ]
                  } ]
                }
                """, ""), weights("weights", hostile(), "--format", "json"));
    }

    /**
     * Marks that turn the writing around, and the controls of one byte, are escaped in JSON, too, which stays the same.
     */
    @Test
    void jsonCommandsNoTerminal() throws IOException {
        byte[] header = """
                {"a\u202egnp\u009b31m\u2028":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"""
                .getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("w.safetensors"), ByteBuffer.allocate(8 + header.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).array());
        assertEquals("    \"name\": \"a\\u202Egnp\\u009B31m\\u2028\",",
                weights("weights", file, "--format", "json").out().lines().toList().get(5));
    }

    @Test
    void aCheckpointWithMoreThanItsStateDict() {
        Invocation invocation = Invocation.of("weights", CHECKPOINTS.resolve("small-nested.pt"));
        assertEquals(0, invocation.status(), invocation.err());
        assertEquals(CHECKPOINTS.resolve("small-nested.pt") + ": PyTorch, state dict at 'model_state_dict', without the"
                + " prefix 'module.'", invocation.out().lines().findFirst().orElseThrow());
        assertEquals("28 tensors, 405 parameters", invocation.out().lines().reduce((_, last) -> last).orElseThrow());
    }

    @Test
    void whatIsNoWeights() throws IOException {
        Path text = Files.writeString(folder.resolve("w.txt"), "this is no weights file");
        assertEquals(
                new Invocation(1, "",
                        """
                                w.txt: error[E303]: is a text, not a weights file
                                       weights are read from safetensors files, from what Keras saves, from state dicts of PyTorch, from layers models of TensorFlow.js and from ONNX models; in Python, torch.save(model.state_dict(), path) or model.save_weights('model.weights.h5') writes them
                                1 error
                                """),
                weights("weights", text));
        assertEquals(2, weights("weights").status());
    }
}
