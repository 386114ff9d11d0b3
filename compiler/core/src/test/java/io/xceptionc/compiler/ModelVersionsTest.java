package io.xceptionc.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.testing.ForkedJvm;
import io.xceptionc.compiler.testing.JarEntries;
import io.xceptionc.runtime.CompiledModel;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many models, and many versions of one, live in one process, whatever is on its class path. */
class ModelVersionsTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    private static List<ModelVersion> versions(String model, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> new ModelVersion(model, number)).toList();
    }

    private Object[] jars(List<ModelVersion> versions) throws Exception {
        List<Path> jars = new ArrayList<>();
        for (ModelVersion version : versions) {
            jars.add(version.jar(folder));
        }
        return jars.toArray();
    }

    private static List<String> onClassPath(Object jar) {
        return List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + jar);
    }

    private static void assertAnswers(List<ModelVersion> versions, String output) {
        List<String> lines = output.lines().toList();
        assertTrue(lines.size() >= 2 * versions.size(), output);
        for (int i = 0; i < 2 * versions.size(); i++) {
            double[] actual = Arrays.stream(lines.get(i).replaceAll("[\\[\\]]", "").split(", "))
                    .mapToDouble(Double::parseDouble).toArray();
            ModelVersion version = versions.get(i % versions.size());
            assertArrayEquals(version.expected(), actual, TOLERANCE, () -> version + "\n" + output);
        }
    }

    @Test
    void versionsCanBeTold() {
        List<ModelVersion> versions = versions("small", 6);
        for (ModelVersion version : versions) {
            for (ModelVersion other : versions) {
                double difference = Math.abs(version.expected()[0] - other.expected()[0]);
                assertTrue(version.equals(other) || difference > 10 * TOLERANCE, version + " and " + other);
            }
        }
    }

    @Test
    void versionsOfOneModelLiveBesideTheOneOnTheClassPath() throws Exception {
        List<ModelVersion> versions = versions("small", 6);
        Object[] jars = jars(versions);
        List<ModelVersion> all = new ArrayList<>(List.of(versions.get(3)));
        all.addAll(versions);
        String output = ForkedJvm.run(VersionsProbe.class, onClassPath(jars[3]), jars);
        assertAnswers(all, output);
        assertEquals(List.of("true", "true", "true", "true", "true", "true", "true"),
                output.lines().skip(2L * all.size()).toList());
    }

    @Test
    void manyModelsLiveInOneProcess() throws Exception {
        List<ModelVersion> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.addAll(versions("model-" + i, 2));
        }
        assertAnswers(all, ForkedJvm.run(VersionsProbe.class, List.of("-XX:MaxMetaspaceSize=64m"), jars(all)));
    }

    @Test
    void nothingIsTakenFromTheVersionOnTheClassPath() throws Exception {
        ModelVersion onClassPath = new ModelVersion("small", 1);
        ModelVersion version = new ModelVersion("small", 2);
        Path without = folder.resolve("without.jar");
        Compiler.compile(version.options(folder).withoutSelfTest(), without, _ -> {
        });
        String output = ForkedJvm.run(VersionsProbe.class, onClassPath(onClassPath.jar(folder)), without);
        assertAnswers(List.of(onClassPath, version), output);
        assertTrue(output.endsWith("true\nthe model xceptionc.model.small.Small has no self-test: it was compiled with"
                + " --no-self-test or by an earlier version; compile it again\n"), output);
    }

    @Test
    void namesOfTheJdkAndTheRuntimeAreNotForModels() throws Exception {
        ModelVersion version = new ModelVersion("small", 1);
        Path jar = version.jar(folder);
        for (String name : List.of("java.lang.Small", "jdk.internal.Small", "io.xceptionc.runtime.CompiledModel",
                "io.xceptionc.runtime.kernel.Network")) {
            Path other = JarEntries.of(jar).change("MANIFEST.MF", text -> text.replaceFirst("Xceptionc-Model: .*",
                    "Xceptionc-Model: " + name)).writeTo(folder.resolve("other.jar"));
            assertEquals(other + " names the class " + name + ", in a package that is not for models; compile the model"
                    + " for another one", CompiledModelTest.refusal(other));
        }
    }

    @Test
    void aJarMayHaveAnyName() throws Exception {
        ModelVersion version = new ModelVersion("small", 1);
        Path odd = Files.createDirectories(folder.resolve("wow!").resolve("50% #1 ü?+"))
                .resolve(" a!.zip");
        Files.copy(version.jar(folder), odd);
        try (CompiledModel model = CompiledModel.open(odd)) {
            float[] result = model.run(ModelVersion.image());
            assertArrayEquals(version.expected(),
                    IntStream.range(0, result.length).mapToDouble(i -> result[i]).toArray(),
                    TOLERANCE);
        }
    }
}
