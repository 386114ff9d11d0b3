package io.xceptionc.examples.spark;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** A Spark cluster on this machine, each of its executors a process of its own, as Spark starts it for its own tests. */
final class LocalCluster {

    private LocalCluster() {}

    /** Settings for so many executors, each with one core and a gigabyte of heap. */
    static SparkConf settings(int executors) throws IOException {
        layOutSpark(Path.of(System.getenv("SPARK_HOME"), "jars"));
        return quiet().set("spark.master", "local-cluster[" + executors + ",1,1024]")
                .set("spark.executor.extraClassPath", classFolders()).set("spark.executor.memory", "1g")
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                // The first executor is not to do all of the work while the others start.
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0");
    }

    /** Settings without a web interface, on the loopback interface. */
    static SparkConf quiet() {
        return new SparkConf().set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    /** Executors take the libraries of Spark from a folder of a distribution: one with links to those that the test has. */
    private static void layOutSpark(Path jars) throws IOException {
        Files.createDirectories(jars);
        for (Path entry : classPath()) {
            Path link = jars.resolve(entry.getFileName());
            if (Files.isRegularFile(entry) && !Files.exists(link)) {
                Files.deleteIfExists(link); // a link to what is there no longer
                Files.createSymbolicLink(link, entry);
            }
        }
    }

    /** What else a cluster gets by {@code --jars}: this example and the runtime, which the build has not packed yet. */
    private static String classFolders() {
        return Stream.of(BatchClassifier.class, io.xceptionc.runtime.CompiledModel.class).map(LocalCluster::origin)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .map(Path::toAbsolutePath).toList();
    }
}
