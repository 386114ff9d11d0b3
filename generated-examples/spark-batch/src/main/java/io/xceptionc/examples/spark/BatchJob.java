package io.xceptionc.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Classifies all files of a folder.
 *
 * @param model the model's jar, which is among the files that Spark copies to the executors
 * @param input a folder, in any file system that Spark knows
 * @param output a folder that is not there yet
 * @param columns what an answer consists of
 */
record BatchJob(Path model, org.apache.hadoop.fs.Path input, org.apache.hadoop.fs.Path output, AnswerColumns columns) {

    /** What Spark would take for a pattern in the name of a folder. */
    private static final String PATTERN_CHARACTERS = "[\\[\\]{}*?\\\\]";

    /**
     * Writes a row of Parquet for each file.
     *
     * @throws JobException if there is nothing to read, no place to write, or no executor
     * @throws IOException if a file system fails
     */
    BatchReport run(SparkSession session) throws JobException, IOException {
        StructType schema = columns.schema();
        Configuration settings = session.sparkContext().hadoopConfiguration();
        FileSystem inputs = input.getFileSystem(settings);
        if (!inputs.exists(input) || !inputs.getFileStatus(input).isDirectory()) {
            throw new JobException("input " + input + " is no folder; name one with pictures in it");
        }
        FileSystem outputs = output.getFileSystem(settings);
        if (outputs.exists(output)) {
            throw new JobException("output " + output + " exists; name a folder that does not, or remove it");
        }
        FirstTask.await(JavaSparkContext.fromSparkContext(session.sparkContext()));
        Dataset<Row> files = files(session);
        if (files.inputFiles().length == 0) {
            throw new JobException("there is no file in input " + input);
        }
        CollectionAccumulator<String> openedBy = session.sparkContext().collectionAccumulator("models opened");
        Dataset<Row> unread = session.createDataFrame(UnreadFiles.answers(inputs, input, columns), schema);
        write(answers(files, schema, openedBy).union(unread), outputs);
        Row counts = session.read().schema(schema).parquet(output.toString())
                .agg(count("path"), count("error")).head();
        return new BatchReport(counts.getLong(0), counts.getLong(1), List.copyOf(openedBy.value()));
    }

    /** Writes all of the answers or leaves nothing. */
    private void write(Dataset<Row> answers, FileSystem outputs) throws IOException {
        boolean written = false;
        try {
            answers.write().parquet(output.toString());
            written = true;
        } finally {
            if (!written) {
                outputs.delete(output, true);
            }
        }
    }

    /**
     * The files in the folder and in those in it, {@code [path, modificationTime, length, content]}, without empty
     * ones.
     */
    private Dataset<Row> files(SparkSession session) {
        return session.read().format("binaryFile").option("recursiveFileLookup", true)
                .load(input.toString().replaceAll(PATTERN_CHARACTERS, "\\\\$0"));
    }

    /** The contents of files that are too long are not read. */
    private Dataset<Row> answers(Dataset<Row> files, StructType schema, CollectionAccumulator<String> openedBy) {
        return files.where(col("length").leq(PictureBytes.MOST_BYTES)).select("path", "content")
                .mapPartitions(new ClassifyPictures(model.getFileName().toString(), openedBy),
                        Encoders.row(schema));
    }
}
