package io.xceptionc.examples.spark;

import io.xceptionc.runtime.CompiledModel;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Files, {@code [path, content]}, to answers, {@link #ANSWER}: a label with its probability, or what is wrong with the file. Sent to
 * the executors.
 *
 * @param modelFile the name under which the model's jar was given to Spark
 * @param openedBy the ids of the executors that have opened the model
 */
record ClassifyPictures(String modelFile, CollectionAccumulator<String> openedBy)
        implements
        MapPartitionsFunction<Row, Row> {

    /** The columns of an answer. Either the label and its probability are there or the error is. */
    static final StructType ANSWER = new StructType().add("path", DataTypes.StringType, false)
            .add("label", DataTypes.StringType).add("probability", DataTypes.FloatType)
            .add("error", DataTypes.StringType);

    @Override
    public Iterator<Row> call(Iterator<Row> files) {
        CompiledModel model = ExecutorModel.of(SparkFiles.get(modelFile),
                () -> openedBy.add(SparkEnv.get().executorId()));
        return new Answers(files, model);
    }
}
