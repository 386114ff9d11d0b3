package io.xceptionc.examples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * A standalone cluster on the loopback interface: a master and workers of one core, each a process, as anyone would
 * start them.
 */
final class StandaloneCluster implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("Starting Spark master at (\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Registering worker");
    private static final List<String> START_FAST = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final long PATIENCE_SECONDS = 600;
    private static final long POLL_NANOS = 50_000_000;

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final String url;

    /**
     * Starts it.
     *
     * @param folder takes what the processes write
     */
    StandaloneCluster(Path folder, int workers) throws IOException {
        this.folder = folder;
        Path log = start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0",
                "--webui-port", "0");
        url = await(log, URL, 1).group(1);
        for (int i = 0; i < workers; i++) {
            start("worker-" + i, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0",
                    "--cores", "1", "--memory", "1g", "--work-dir", folder.resolve("work-" + i).toString(), url);
        }
        await(log, REGISTERED, workers);
    }

    private Path start(String name, String... classAndArguments) throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> command = SparkDistribution.command(classAndArguments);
        command.addAll(1, START_FAST);
        processes.add(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
        return log;
    }

    private static Matcher await(Path log, Pattern pattern, int times) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Matcher matcher = pattern.matcher(Files.readString(log));
            int found = 0;
            while (found < times && matcher.find()) {
                found++;
            }
            if (found == times) {
                return matcher;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException(Files.readString(log));
    }

    /** Where it is: {@code spark://HOST:PORT}. */
    String url() {
        return url;
    }

    /**
     * Settings of a driver in this process, and what {@code spark-submit} adds to those: the jars of the application.
     */
    SparkConf settings() throws IOException {
        return SparkDistribution.quiet().set("spark.master", url)
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                .set("spark.jars", SparkDistribution.applicationJar() + "," + SparkDistribution.runtimeJar());
    }

    @Override
    public void close() {
        processes.reversed().forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
