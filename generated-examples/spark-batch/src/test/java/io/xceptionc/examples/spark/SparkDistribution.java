package io.xceptionc.examples.spark;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark in {@code SPARK_HOME} made of the libraries that the test has, and the jars that the build has not packed
 * yet.
 */
final class SparkDistribution {

    private static final Path JARS = Path.of(System.getenv("SPARK_HOME"), "jars");

    private SparkDistribution() {}

    /** The command that the distribution's {@code bin/spark-class} makes of a class and its arguments. */
    static List<String> command(String... classAndArguments) throws IOException {
        layOut();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", JARS + "/*"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of(classAndArguments));
        return command;
    }

    /** Settings without a web interface, on the loopback interface. */
    static SparkConf quiet() {
        return new SparkConf().set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    /** Links to the libraries, without those of this project. */
    private static void layOut() throws IOException {
        Files.createDirectories(JARS);
        for (Path entry : classPath()) {
            Path link = JARS.resolve(entry.getFileName());
            if (Files.isRegularFile(entry) && !Files.exists(link)
                    && !entry.getFileName().toString().startsWith("xceptionc-")) {
                Files.deleteIfExists(link); // a link to what is there no longer
                Files.createSymbolicLink(link, entry);
            }
        }
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .map(Path::toAbsolutePath).toList();
    }

    /** What {@code spark-submit} is given to run. */
    static Path applicationJar() throws IOException {
        return jar(BatchClassifier.class, "xceptionc-spark-batch.jar", "--main-class", BatchClassifier.class.getName());
    }

    /** What it is given by {@code --jars}. */
    static Path runtimeJar() throws IOException {
        return jar(io.xceptionc.runtime.CompiledModel.class, "xceptionc-runtime.jar");
    }

    private static Path jar(Class<?> type, String name, String... options) throws IOException {
        Path origin = origin(type);
        if (Files.isRegularFile(origin)) {
            return origin;
        }
        Path jar = JARS.resolveSibling(name);
        List<String> arguments = new ArrayList<>(List.of("--create", "--file", jar.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-C", origin.toString(), "."));
        int exitCode = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        if (exitCode != 0) {
            throw new IOException("jar ends with " + exitCode);
        }
        return jar;
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
