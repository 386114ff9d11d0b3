package io.xceptionc.examples.spark;

import io.xceptionc.runtime.CompiledModel;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Files, {@code [path, content]}, to answers, {@link AnswerColumns}: what the model says, or what is wrong with the
 * file. Sent to the executors.
 *
 * @param modelFile the name under which the model's jar was given to Spark
 * @param openedBy the ids of the executors that have opened the model
 */
record ClassifyPictures(String modelFile, CollectionAccumulator<String> openedBy)
        implements
        MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> files) {
        CompiledModel model = ExecutorModel.of(SparkFiles.get(modelFile),
                () -> openedBy.add(SparkEnv.get().executorId()));
        return new Answers(files, model);
    }
}
