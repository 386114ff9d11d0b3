package io.xceptionc.examples;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.picture.PictureException;
import io.xceptionc.runtime.picture.PictureFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import xceptionc.examples.XceptionShapesModel;

/**
 * Names the figure that each picture shows, {@code FILE: LABEL SCORE} a line. The model is the one that the Maven
 * plugin has generated from {@code models/xception-shapes.yaml}.
 */
public final class ImageClassifier {

    private static final int FINE = 0;
    private static final int INPUT_WRONG = 1;
    private static final int CALL_WRONG = 2;

    private ImageClassifier() {}

    /** With the pictures' files; exits with 0, with 1 if a file is no picture, or with 2 if none is named. */
    public static void main(String[] files) {
        System.exit(run(Arrays.asList(files), System.out, System.err));
    }

    static int run(List<String> files, PrintStream output, PrintStream problems) {
        if (files.isEmpty()) {
            problems.println("usage: ImageClassifier PICTURE...");
            return CALL_WRONG;
        }
        int code = FINE;
        try (CompiledModel model = new XceptionShapesModel().open()) {
            for (String file : files) {
                try {
                    Classification best = model.classify(PictureFile.read(Path.of(file)), 1).getFirst();
                    output.printf(Locale.ROOT, "%s: %s %.3f%n", file, best.label(), best.score());
                } catch (PictureException problem) {
                    problems.println(file + ": " + problem.problem());
                    code = INPUT_WRONG;
                }
            }
        } catch (ModelException problem) { // such as a JVM without the Vector API
            problems.println(problem.getMessage());
            code = INPUT_WRONG;
        }
        return code;
    }
}
