package io.xceptionc.examples.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a job has written, read in a session of its own. */
final class AnswerRows {

    private AnswerRows() {}

    /** The rows by the names of their files, which all differ. */
    static Map<String, Row> read(Path output) throws IOException {
        try (SparkSession session =
                SparkSession.builder().config(SparkDistribution.quiet()).master("local[2]").getOrCreate()) {
            return session.read().parquet(output.toString()).collectAsList().stream()
                    .collect(Collectors.toMap(row -> fileName(row.getAs("path")), row -> row));
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
