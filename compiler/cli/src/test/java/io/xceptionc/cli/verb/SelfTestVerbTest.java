package io.xceptionc.cli.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.cli.Invocation;
import io.xceptionc.cli.TinyModel;
import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.api.CompilerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestVerbTest {

    /** Other tests of this JVM have run models with these vectors, and HotSpot compiles no others well then. */
    private static final int WIDEST = FloatVector.SPECIES_PREFERRED.vectorBitSize();

    @TempDir
    private Path folder;

    /** The tiny model with one element of its self-test changed, as if the machine computed something else. */
    private Path departing() throws Exception {
        Path jar = folder.resolve("departing.jar");
        try (ZipFile zip = new ZipFile(TinyModel.jar(1).toFile());
                ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                copy.putNextEntry(new ZipEntry(entry.getName()));
                copy.write(entry.getName().endsWith(".selftest")
                        ? new String(bytes, StandardCharsets.UTF_8)
                                .replaceFirst("= sep ([^ ]+) (\\d+) [^ ]+ ", "= sep $1 $2 1000 ")
                                .getBytes(StandardCharsets.UTF_8)
                        : bytes);
                copy.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void everyWidthIsTestedInAProcessOfItsOwn() throws Exception {
        Invocation tested = Invocation.of("selftest", TinyModel.jar(1), "--threads", 1);
        assertEquals("", tested.err());
        assertEquals(0, tested.status());
        List<String> lines = tested.out().lines().toList();
        assertEquals("tiny, 1 thread; errors are parts of a step's scale, at most 1.0e-04", lines.getFirst());
        assertTrue(lines.get(3).matches("128 bits +C2 +[0-9,]+ +\\w+ +[0-9.e-]+ +passed"), lines.get(3));
        assertTrue(lines.stream().skip(3).allMatch(line -> line.endsWith("passed")), tested.out());
    }

    @Test
    void oneWidthIsTestedHere() throws Exception {
        Invocation tested =
                Invocation.of("selftest", TinyModel.jar(2), "--vectors", WIDEST, "--format", "csv", "--threads", 2);
        List<String> lines = tested.out().lines().toList();
        assertEquals(0, tested.status(), tested.err());
        assertEquals("model,threads,vector_bits,compiled_by_c2,runs,deviating_runs,worst_step,error,tolerance,"
                + "first_departure,passed", lines.getFirst());
        assertTrue(lines.getLast().matches("tiny,2," + WIDEST + ",(true|false),\\d+,0,\\w+,[0-9.E-]+,1.0E-4,,true"),
                lines.getLast());
    }

    @Test
    void aDepartureIsTold() throws Exception {
        Path jar = departing();
        Invocation tested = Invocation.of("selftest", jar, "--vectors", WIDEST).without(folder);
        assertEquals(1, tested.status());
        assertEquals(
                "xceptionc: departing.jar fails its self-test; the first step that departs is 'sep'. Its weights or"
                        + " its code are not those that it was tested with: compile it again\n",
                tested.err());
        assertTrue(tested.out().lines().toList().getLast().endsWith("FAILED"), tested.out());
        Invocation all = Invocation.of("selftest", jar, "--format", "json").without(folder);
        assertEquals(1, all.status());
        assertEquals(tested.err(), all.err());
        assertTrue(all.out().contains("\"firstDeparture\": \"sep\""), all.out());
    }

    @Test
    void modelsWithoutOneAndOtherFilesAreTold() throws Exception {
        Path spec = Files.writeString(folder.resolve("tiny.yaml"), TinyModel.SPEC);
        Path jar = folder.resolve("without.jar");
        Compiler.compile(CompilerOptions.of(spec).withoutSelfTest(), jar, _ -> {});
        assertEquals(new Invocation(1, "", "xceptionc: the model xceptionc.model.tiny.Tiny has no self-test: it was"
                + " compiled with --no-self-test or by an earlier version; compile it again\n"),
                Invocation.of("selftest", jar).without(folder));
        Path text = Files.writeString(folder.resolve("x.jar"), "no jar");
        assertEquals(
                new Invocation(1, "",
                        "xceptionc: x.jar is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar\n"),
                Invocation.of("selftest", text).without(folder));
    }

    @Test
    void otherWidthsAreRefused() throws IOException {
        assertEquals(new Invocation(2, "", """
                xceptionc: selftest: --vectors is 128, 256 or 512, not 200
                see 'xceptionc help selftest'
                """), Invocation.of("selftest", "x.jar", "--vectors", 200));
    }
}
