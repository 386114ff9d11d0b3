package io.xceptionc.examples.spark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Sees that a cluster runs a task at all. Executors that end as soon as they start, such as those whose JVM refuses an
 * option, are started by a standalone cluster again and again, and Spark's jobs wait for them without an end: the
 * master's {@code spark.deploy.maxExecutorRetries} counts only those that do not even become a process, and {@code
 * spark.executor.maxNumFailures} is for YARN and Kubernetes.
 */
final class FirstTask {

    /** The setting for how long to wait. */
    static final String TIMEOUT = "spark.xceptionc.firstTaskTimeout";

    private static final String USUAL_TIMEOUT = "90s";

    /** How jobs end in the moment before a standalone cluster that has given up stops the context. */
    private static final String REMOVED = "Master removed our application: FAILED";

    private FirstTask() {}

    /**
     * Returns when an executor has run a task, which needs nothing but Spark.
     *
     * @throws JobException if none has in the time that there is
     */
    static void await(JavaSparkContext context) throws JobException {
        long seconds = context.getConf().getTimeAsSeconds(TIMEOUT, USUAL_TIMEOUT);
        JavaFutureAction<Long> task = context.parallelize(List.of(0), 1).countAsync();
        try {
            task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new JobException("no executor of " + context.master() + " has run a task in " + seconds + " s; "
                    + needs(context) + ". If the cluster is only busy, wait longer: --conf " + TIMEOUT + "=30m");
        } catch (ExecutionException e) {
            String reason = Problem.of(e);
            throw new JobException(context.sc().isStopped() || reason.endsWith(REMOVED)
                    ? context.master() + " has given up to start executors; " + needs(context)
                    : reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while the first executor starts");
        } finally {
            task.cancel(true);
        }
    }

    /** What of an executor's needs the call settles, and where to read what is wrong. */
    private static String needs(JavaSparkContext context) {
        SparkConf settings = context.getConf();
        return "why those that started have ended stands in their stderr, on the cluster's web page under "
                + context.sc().applicationId() + ". Each needs JDK 25, in "
                + settings.get("spark.executorEnv.JAVA_HOME", "JAVA_HOME of its machine")
                + " (spark.executorEnv.JAVA_HOME), whose JVM takes spark.executor.extraJavaOptions; "
                + settings.get("spark.executor.memory", "1g")
                + " of memory (spark.executor.memory) and a core that are free; a way to the driver at "
                + settings.get("spark.driver.host", "its host") + " (spark.driver.host)";
    }
}
