package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job whose executors cannot do it ends, tells what they lack, and leaves nothing. */
@ExtendWith(ClusterOfTwo.class)
@Timeout(600)
class ExecutorProblemsTest {

    @TempDir
    private static Path folder;
    private static StandaloneCluster cluster;
    private static Path jar;

    @BeforeAll
    static void compile(StandaloneCluster twoWorkers) throws IOException, InvalidInputException {
        cluster = twoWorkers;
        jar = ShapesModel.compile(folder);
    }

    /** The cluster starts such executors until the job ends. */
    @Test
    void aJvmThatRefusesAnOption() throws IOException {
        SparkConf settings = cluster.settings().set("spark.executor.extraJavaOptions", "--add-modules no.such.module")
                .set(FirstTask.TIMEOUT, "1s");
        assertEquals("error: no executor of " + cluster.url()
                + " has run a task in 1 s; why those that started have ended "
                + "stands in their stderr, on the cluster's web page under APPLICATION. Each needs JDK 25, in "
                + System.getProperty("java.home") + " (spark.executorEnv.JAVA_HOME), whose JVM takes "
                + "spark.executor.extraJavaOptions; 1g of memory (spark.executor.memory) and a core that are free; a way "
                + "to the driver at 127.0.0.1 (spark.driver.host). If the cluster is only busy, wait longer: --conf "
                + "spark.xceptionc.firstTaskTimeout=30m\n", problem(settings));
    }

    /** The cluster gives up itself where there is nothing to start. */
    @Test
    void aFolderWithoutJava() throws IOException {
        SparkConf settings = cluster.settings().set("spark.executorEnv.JAVA_HOME", "/no/such/jdk");
        assertEquals("error: " + cluster.url() + " has given up to start executors; why those that started have ended "
                + "stands in their stderr, on the cluster's web page under APPLICATION. Each needs JDK 25, in "
                + "/no/such/jdk (spark.executorEnv.JAVA_HOME), whose JVM takes "
                + "spark.executor.extraJavaOptions; 1g of memory (spark.executor.memory) and a core that are free; a way "
                + "to the driver at 127.0.0.1 (spark.driver.host)\n", problem(settings));
    }

    @Test
    void noRuntime() throws IOException {
        SparkConf settings = cluster.settings().set("spark.jars", SparkDistribution.applicationJar().toString())
                .set("spark.task.maxFailures", "1").set("spark.cores.max", "1")
                .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1"); // it starts faster
        assertEquals(
                "error: an executor has no class io.xceptionc.runtime.CompiledModel; call spark-submit with --jars "
                        + "xceptionc-runtime-VERSION.jar, which lies in target/lib\n",
                problem(settings));
    }

    /** A context that a lost cluster stops does so in the background. */
    @AfterEach
    void awaitEnd() {
        while (SparkContext$.MODULE$.getActive().isDefined()) {
            Thread.onSpinWait();
        }
    }

    private static String problem(SparkConf settings) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path output = folder.resolve("answers");
        int exitCode = BatchClassifier.run(
                List.of(jar.toString(), ShapesModel.PICTURES.toString(), output.toString()), settings,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String problem = err.toString(StandardCharsets.UTF_8).replaceAll("app-\\d+-\\d+", "APPLICATION");
        assertEquals(1, exitCode, problem);
        assertFalse(Files.exists(output));
        return problem;
    }
}
