package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoVerbTest {

    @TempDir
    private Path folder;

    private static String sha256(Path jar) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }

    @Test
    void aJarIsTold() throws Exception {
        Path jar = TinyModel.jar(4);
        Invocation info = Invocation.of("info", jar);
        List<String> lines = info.out().lines().toList();
        assertEquals("", info.err());
        // 8 x 8 pixels times 27 products for 4 channels, 9 for each of 4, 4 for each of 8; a matrix of 8 x 3.
        assertEquals("""
                tiny, for 4 images at a time

                  input          8 x 8 x 3
                  pictures       RGB, resized to the input's size, bilinear
                  arrays         the network's input as it is
                  output         3 classes: cat, a "big", dog, bird
                  steps          7, 11,288 MACs for an image
                """, String.join("\n", lines.subList(0, 7)) + "\n");
        assertTrue(lines.get(7).matches("  weights {8}[0-9.]+ KiB as F32"), info.out());
        assertEquals("  self-test      yes: xceptionc selftest runs it", lines.get(8));
        assertEquals("  SHA-256        " + sha256(jar), lines.get(9));
        assertEquals(List.of("weights", "classes", "sources", "self-test", "spec and plan", "the rest"),
                lines.subList(12, lines.size()).stream().map(line -> line.substring(2, 15).strip()).toList());
    }

    @Test
    void aJarIsToldToPrograms() throws Exception {
        Path jar = TinyModel.jar(1);
        String json = Invocation.of("info", jar, "--format", "json").out();
        for (String property : List.of("\"model\": \"tiny\"", "\"batch\": 1", "\"input\": [ 8, 8, 3 ]",
                "\"kind\": \"classes\"", "\"labels\": 3", "\"selfTest\": true",
                "\"sha256\": \"" + sha256(jar) + "\"")) {
            assertTrue(json.contains(property), property + " in " + json);
        }
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("a.jar"), "text");
        assertEquals(
                new Invocation(1, "", "xceptionc: a.jar is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a"
                        + " model jar\n"),
                Invocation.of("info", text).without(folder));
        assertEquals(new Invocation(1, "", "xceptionc: none.jar: no such file\n"),
                Invocation.of("info", folder.resolve("none.jar")).without(folder));
    }
}
