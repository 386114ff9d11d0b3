package io.xceptionc.examples.spark;

import io.xceptionc.runtime.ClassShare;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of an answer: a file's path, what the model says of it, and the error that stands in place of that.
 *
 * <p> A model whose one output is classes says a {@code label} with its {@code probability}. Any other has a column for
 * each output, by its name: of classes {@code {label, probability}}, of a number it, of several an array, and of an
 * image {@code [{index, label, share}]}, the share of each class of pixels, the largest first.
 */
final class AnswerColumns {

    private static final String PATH = "path";
    private static final String ERROR = "error";
    private static final StructType CLASS =
            new StructType().add("label", DataTypes.StringType).add("probability", DataTypes.FloatType);
    private static final StructType SHARE = new StructType().add("index", DataTypes.IntegerType)
            .add("label", DataTypes.StringType).add("share", DataTypes.DoubleType);

    private final ModelSignature signature;

    /** Of a model's answers. */
    AnswerColumns(ModelSignature signature) {
        this.signature = signature;
    }

    /** Whether an answer is a label with its probability. */
    boolean areOneLabel() {
        return signature.hasOneOutput() && signature.outputs().getFirst().kind() == ModelOutput.Kind.CLASSES;
    }

    /**
     * Their names and types.
     *
     * @throws JobException if two of them had the same name, as Spark tells names apart
     */
    StructType schema() throws JobException {
        StructType schema = new StructType().add(PATH, DataTypes.StringType, false);
        if (areOneLabel()) {
            return schema.add(CLASS.fields()[0]).add(CLASS.fields()[1]).add(ERROR, DataTypes.StringType);
        }
        Set<String> names = new HashSet<>(Set.of(PATH, ERROR));
        for (ModelOutput output : signature.outputs()) {
            if (!names.add(output.name().toLowerCase(Locale.ROOT))) {
                throw new JobException("model '" + signature.name() + "' has an output '" + output.name()
                        + "', but there is a column of that name; give it another in the spec's outputs");
            }
            schema = schema.add(output.name(), type(output));
        }
        return schema.add(ERROR, DataTypes.StringType);
    }

    private static DataType type(ModelOutput output) {
        return switch (output.kind()) {
            case CLASSES -> CLASS;
            case NUMBERS -> output.length() == 1
                    ? DataTypes.FloatType
                    : DataTypes.createArrayType(DataTypes.FloatType, false);
            case IMAGE -> DataTypes.createArrayType(SHARE, false);
        };
    }

    /** The answer to a file that is no picture. */
    Row error(String path, String message) {
        Object[] values = new Object[areOneLabel() ? 4 : signature.outputs().size() + 2];
        values[0] = path;
        values[values.length - 1] = message;
        return RowFactory.create(values);
    }

    /** The answer of a label. */
    Row label(String path, Classification likeliest) {
        return RowFactory.create(path, likeliest.label(), likeliest.score(), null);
    }

    /**
     * The answer of all outputs to one of the pictures of a run; an error if one of them is not finite.
     *
     * @param results {@code [batch, ...]} of each output by its name
     */
    Row answer(String path, SequencedMap<String, float[]> results, int picture) {
        List<Object> values = new ArrayList<>(List.of(path));
        for (ModelOutput output : signature.outputs()) {
            int first = picture * output.length();
            float[] result = Arrays.copyOfRange(results.get(output.name()), first, first + output.length());
            for (float value : result) {
                if (!Float.isFinite(value)) {
                    return error(path, "the model gives " + value + " as '" + output.name() + "'");
                }
            }
            values.add(value(output, result));
        }
        values.add(null);
        return RowFactory.create(values.toArray());
    }

    private static Object value(ModelOutput output, float[] result) {
        return switch (output.kind()) {
            case CLASSES -> {
                Classification likeliest = Classification.best(result, 1, output).getFirst();
                yield RowFactory.create(likeliest.label(), likeliest.score());
            }
            case NUMBERS -> {
                List<Float> numbers = new ArrayList<>();
                for (float number : result) {
                    numbers.add(number);
                }
                yield numbers.size() == 1 ? numbers.getFirst() : numbers.toArray();
            }
            case IMAGE -> output.shares(result).stream().map(AnswerColumns::row).toArray();
        };
    }

    private static Row row(ClassShare share) {
        return RowFactory.create(share.index(), share.label(), share.share());
    }
}
