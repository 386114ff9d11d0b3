package io.xceptionc.cli.predict;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelSignature;
import java.util.ArrayList;
import java.util.List;

/** What a model answered, reduced to the likeliest classes. */
public final class Answers {

    /**
     * The answer to one image.
     *
     * @param input what the image is called
     * @param classes the likeliest classes; none if there is a problem
     * @param problem why the image could not be had or has no answer; empty if it has
     * @param milliseconds what the image took to compute
     */
    public record Answer(String input, List<Classification> classes, String problem, double milliseconds) {}

    private final ModelSignature signature;
    private final int top;
    private final List<Answer> answers = new ArrayList<>();
    private boolean distributions = true;
    private boolean hasValues;

    /** Keeps so many classes of each answer. */
    public Answers(ModelSignature signature, int top) {
        this.signature = signature;
        this.top = top;
    }

    /** Takes a prediction. */
    public void add(Prediction prediction) {
        boolean usable = prediction.problem().isEmpty();
        hasValues |= prediction.values().isPresent();
        distributions &= !usable || prediction.isDistribution();
        answers.add(new Answer(prediction.input(), usable ? prediction.top(top, signature) : List.of(),
                prediction.problem(), prediction.milliseconds()));
    }

    /** The answers, in the order of the images. */
    public List<Answer> list() {
        return answers;
    }

    /** Whether the model yielded anything for any image. */
    public boolean hasValues() {
        return hasValues;
    }

    /** Why images could not be had or have no answer, each by its name. */
    public List<String> problems() {
        return answers.stream().filter(answer -> !answer.problem().isEmpty())
                .map(answer -> answer.input() + ": " + answer.problem()).toList();
    }

    /** {@code probability} if all answers are distributions, else {@code score}. */
    String valueName() {
        return distributions ? "probability" : "score";
    }

    /** The model's name. */
    String model() {
        return signature.name();
    }
}
