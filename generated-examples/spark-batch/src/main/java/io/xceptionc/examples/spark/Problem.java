package io.xceptionc.examples.spark;

import io.xceptionc.runtime.ModelException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What to tell the user about a failure. */
final class Problem {

    private static final int MOST_CAUSES = 100;
    private static final String OWN_PACKAGES = "io.xceptionc.";

    private Problem() {}

    /**
     * What an executor lacks; else what a model says, as it is for the user; of all else the first line of what
     * happened first.
     */
    static String of(Throwable failure) {
        List<Throwable> causes =
                Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES).toList();
        return causes.stream().map(Problem::lack).flatMap(Optional::stream).findFirst()
                .or(() -> causes.stream().filter(ModelException.class::isInstance).map(Throwable::getMessage)
                        .findFirst())
                .orElseGet(() -> firstLine(causes.getLast()));
    }

    private static Optional<String> lack(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "");
        return Optional.ofNullable(switch (cause) {
            case UnsupportedClassVersionError _ -> "an executor runs a Java before 25; name a JDK 25 on its machine: "
                    + "--conf spark.executorEnv.JAVA_HOME=FOLDER";
            case NoClassDefFoundError _ -> lackOfClass(message.replace('/', '.'));
            case ClassNotFoundException _ -> lackOfClass(message);
            default -> message.contains("ExecutorLostFailure") ? lossOf(firstLine(cause)) : null;
        });
    }

    /** Classes of others, such as those that a file system needs, are told of by their names. */
    private static String lackOfClass(String name) {
        return !name.startsWith(OWN_PACKAGES)
                ? null
                : "an executor has no class " + name
                        + "; call spark-submit with --jars xceptionc-runtime-VERSION.jar, which lies in target/lib";
    }

    private static String lossOf(String message) {
        return message
                + "; the executor's stderr, which the cluster's web page shows, says why; for want of memory, give "
                + "it more outside the heap (spark.executor.memoryOverhead) or in it (spark.executor.memory)";
    }

    private static String firstLine(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString()).lines().findFirst()
                .orElse(cause.toString());
    }
}
