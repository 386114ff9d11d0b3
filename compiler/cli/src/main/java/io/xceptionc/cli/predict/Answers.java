package io.xceptionc.cli.predict;

import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import io.xceptionc.runtime.ModelSignature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a model answered, reduced to the top k classes. */
public final class Answers {

    /**
     * The answer to one image.
     *
     * @param input what the image is called
     * @param heads what each output says; none if there is a problem
     * @param problem why the image could not be had or has no answer; empty if it has
     * @param milliseconds what the image took to compute
     */
    public record Answer(String input, List<Head> heads, String problem, double milliseconds) {

        /** The likeliest classes by the first output; none if there is a problem. */
        public List<Classification> classes() {
            return heads.isEmpty() ? List.of() : heads.getFirst().classes();
        }
    }

    private final ModelSignature signature;
    private final int top;
    private final int topShares;
    private final List<Answer> answers = new ArrayList<>();
    private boolean distributions = true;
    private boolean hasValues;

    /** Keeps so many classes of each answer. */
    public Answers(ModelSignature signature, int top) {
        this(signature, top, top);
    }

    /** Keeps so many classes of each answer, and so many of the shares of an image. */
    public Answers(ModelSignature signature, int top, int topShares) {
        this.signature = signature;
        this.top = top;
        this.topShares = topShares;
    }

    /** Takes a prediction. */
    public void add(Prediction prediction) {
        add(prediction, Collections.nCopies(signature.outputs().size(), Optional.empty()));
    }

    /** Takes a prediction and where the class map of each output is, of those that are images. */
    void add(Prediction prediction, List<Optional<MaskFiles>> files) {
        boolean usable = prediction.problem().isEmpty();
        hasValues |= prediction.values().isPresent();
        List<Head> heads = usable ? heads(prediction.values().orElseThrow(), files) : List.of();
        distributions &= heads.stream().allMatch(Head::isDistribution);
        answers.add(new Answer(prediction.input(), heads, prediction.problem(), prediction.milliseconds()));
    }

    private List<Head> heads(List<float[]> values, List<Optional<MaskFiles>> files) {
        return IntStream.range(0, values.size())
                .mapToObj(index -> Head.of(signature.outputs().get(index), values.get(index), limit(index),
                        files.get(index)))
                .toList();
    }

    private int limit(int output) {
        return signature.outputs().get(output).kind() == ModelOutput.Kind.IMAGE ? topShares : top;
    }

    /** Whether all there is are the classes of one output, so that nothing needs a name. */
    boolean areClassesAlone() {
        return signature.hasOneOutput() && signature.outputs().getFirst().kind() == ModelOutput.Kind.CLASSES;
    }

    /** The answers, in the order of the images. */
    public List<Answer> list() {
        return answers;
    }

    /** Where class maps are, a line for each image that has some. */
    public List<String> files() {
        return answers.stream().flatMap(answer -> answer.heads().stream().flatMap(head -> head.files().stream())
                .map(files -> answer.input() + ": " + files.inWords())).toList();
    }

    /** Whether there is an answer to any image. */
    public boolean hasAnswers() {
        return answers.stream().anyMatch(answer -> answer.problem().isEmpty());
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
