package io.xceptionc.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** Failures as executors of Spark 4.2 have reported them. */
class ProblemTest {

    private static final String STAGE_FAILURE = "Job aborted due to stage failure: Task 0 in stage 2.0 failed 4 times, "
            + "most recent failure: Lost task 0.3 in stage 2.0 (TID 9) (127.0.0.1 executor 3): ";

    @Test
    void anOlderJava() {
        Throwable cause =
                new UnsupportedClassVersionError("io/xceptionc/examples/spark/ClassifyPictures has been compiled "
                        + "by a more recent version of the Java Runtime (class file version 69.0), this version of the Java "
                        + "Runtime only recognizes class file versions up to 61.0");
        assertEquals("an executor runs a Java before 25; name a JDK 25 on its machine: "
                + "--conf spark.executorEnv.JAVA_HOME=FOLDER",
                Problem.of(new SparkException(STAGE_FAILURE + cause + "\n\tat a.B.c(B.java:1)", cause)));
    }

    @Test
    void noApplication() {
        assertEquals(
                "an executor has no class io.xceptionc.examples.spark.ClassifyPictures; call spark-submit with --jars "
                        + "xceptionc-runtime-VERSION.jar, which lies in target/lib",
                Problem.of(new SparkException(STAGE_FAILURE, new ClassNotFoundException(
                        "io.xceptionc.examples.spark.ClassifyPictures"))));
    }

    @Test
    void anExecutorThatDied() {
        String lost =
                STAGE_FAILURE + "ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Reason: "
                        + "Command exited with code 137";
        assertEquals(lost
                + "; the executor's stderr, which the cluster's web page shows, says why; for want of memory, "
                + "give it more outside the heap (spark.executor.memoryOverhead) or in it (spark.executor.memory)",
                Problem.of(new SparkException(lost + "\nDriver stacktrace:", null)));
    }

    @Test
    void aClassOfOthers() {
        assertEquals("com/example/FileSystem", Problem.of(new NoClassDefFoundError("com/example/FileSystem")));
    }
}
