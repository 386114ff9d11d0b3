package io.xceptionc.examples.spark;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.OpenOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Classifies a folder of pictures on a Spark cluster, or on the processors of this machine where nobody names one.
 *
 * <p> Writes Parquet with a row for each file: {@code path}, {@code label}, {@code probability}, and {@code error} in
 * place of the two for a file that is no picture; of models that yield something else, a column for each output, {@link
 * AnswerColumns}. The exit code is 0 if all files have their row, 1 if the input is wrong, 2 if the call is.
 */
public final class BatchClassifier {

    private static final int FINE = 0;
    private static final int WRONG_INPUT = 1;
    private static final int WRONG_CALL = 2;
    private static final String FILES = "spark.files";

    private BatchClassifier() {}

    /** Called by {@code spark-submit} or {@code java}: {@code MODEL.jar INPUT_DIR OUTPUT_DIR}. */
    public static void main(String[] arguments) {
        int exitCode = run(List.of(arguments), new SparkConf(), System.out, System.err);
        if (exitCode != FINE) {
            System.exit(exitCode);
        }
    }

    /**
     * Does what the arguments say, and says what it has done or why it cannot.
     *
     * @param settings those of Spark; what they lack is added
     * @return the exit code
     */
    static int run(List<String> arguments, SparkConf settings, PrintStream out, PrintStream err) {
        if (arguments.size() != 3 || arguments.contains("")) {
            err.println("usage: BatchClassifier MODEL.jar INPUT_DIR OUTPUT_DIR");
            return WRONG_CALL;
        }
        try {
            BatchReport report = classify(arguments, settings);
            out.println("files: " + report.files() + ", no readable pictures among them: " + report.bad()
                    + ", executors that opened the model: " + report.openedBy().size());
            out.println("answers: " + arguments.get(2));
            return FINE;
        } catch (Exception e) { // Scala throws checked exceptions that it does not declare
            err.println("error: " + Problem.of(e));
            return WRONG_INPUT;
        }
    }

    /**
     * Classifies the pictures of a folder.
     *
     * @param arguments the model's jar, the folders to read and to write
     * @throws JobException if one of them cannot be used
     * @throws IOException if a file system fails
     */
    static BatchReport classify(List<String> arguments, SparkConf settings) throws JobException, IOException {
        Path model = Path.of(arguments.get(0));
        BatchJob job = new BatchJob(model, new org.apache.hadoop.fs.Path(arguments.get(1)),
                new org.apache.hadoop.fs.Path(arguments.get(2)), columns(model));
        try (SparkSession session = SparkSession.builder().config(complete(settings, job.model())).getOrCreate()) {
            return job.run(session);
        }
    }

    /** What a model's answers consist of; says what is wrong with it before any executor starts. */
    private static AnswerColumns columns(Path jar) throws JobException {
        if (!Files.isRegularFile(jar)) {
            throw new JobException("model " + jar + " is no file; make one by xceptionc compile");
        }
        try (CompiledModel model = CompiledModel.open(jar, OpenOptions.DEFAULT.withThreads(1))) {
            if (model.signature().preprocessing().isEmpty()) {
                throw new JobException("model " + jar + " takes arrays of the shape " + model.signature().inputShape()
                        + ", which no picture has");
            }
            AnswerColumns columns = new AnswerColumns(model.signature());
            columns.schema();
            return columns;
        }
    }

    /** With what every job has: a name, a place to run and, as a file for the executors, the model. */
    private static SparkConf complete(SparkConf settings, Path model) {
        String files = settings.get(FILES, "");
        return settings.clone().setIfMissing("spark.app.name", "xceptionc-batch")
                .setIfMissing("spark.master", "local[*]")
                .set(FILES, (files.isEmpty() ? "" : files + ",") + model.toUri().toString().replace(",", "%2C"));
    }
}
