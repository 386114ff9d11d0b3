package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.onnx.ActivationPatterns.Match;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Recognises activations that choose by a threshold: {@code x > 20 ? x : softplus(x)}, as PyTorch has it, also with its
 * beta; {@code x < t ? slope * (x - t) : min(x, ceiling)}; {@code x > t ? x : 0}; {@code x > 0 ? x : slope * x}.
 *
 * @param wiring of the model
 * @param constants finds the number that a value is
 */
record Thresholds(Wiring wiring, Numbers constants) {

    /** Beyond it, softplus is its argument to the last bit but one. */
    private static final double SOFTPLUS_IS_IDENTITY = 15;

    /** Finds numbers. */
    @FunctionalInterface
    interface Numbers {
        /** The number that a value is, if it is a constant of a single one. */
        OptionalDouble of(String value) throws InvalidInputException;
    }

    /**
     * What is chosen.
     *
     * @param value what is compared
     * @param threshold with which number
     * @param isBelowIfEqual which of both equal ones get
     * @param below what is taken of those below
     * @param above what is taken of those above
     */
    private record Choice(String value, double threshold, boolean isBelowIfEqual, String below, String above) {}

    /** A value and a number, which an operator combines. */
    private record WithNumber(String value, double number) {}

    /** The activation that ends with a choice. */
    Optional<Match> match(OnnxNode where) throws InvalidInputException {
        Optional<Choice> choice = choice(where);
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        Optional<Match> softplus = softplus(choice.get());
        return softplus.isPresent() ? softplus : rectified(choice.get());
    }

    private Optional<Choice> choice(OnnxNode where) throws InvalidInputException {
        Optional<OnnxNode> condition =
                wiring.producer(where.inputs().getFirst()).filter(node -> node.inputs().size() == 2);
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        String operator = condition.get().operator();
        OptionalDouble second = constants.of(condition.get().inputs().getLast());
        OptionalDouble first = constants.of(condition.get().inputs().getFirst());
        if (!operator.matches("(Greater|Less)(OrEqual)?") || first.isPresent() == second.isPresent()) {
            return Optional.empty();
        }
        boolean isTrueAbove = operator.startsWith("Greater") == second.isPresent();
        boolean isTrueIfEqual = operator.endsWith("OrEqual");
        String value = condition.get().inputs().get(second.isPresent() ? 0 : 1);
        double threshold = second.isPresent() ? second.getAsDouble() : first.getAsDouble();
        String ifTrue = where.inputs().get(1);
        String ifFalse = where.inputs().get(2);
        return Optional.of(new Choice(value, threshold, isTrueIfEqual != isTrueAbove, isTrueAbove ? ifFalse : ifTrue,
                isTrueAbove ? ifTrue : ifFalse));
    }

    private Optional<Match> softplus(Choice choice) throws InvalidInputException {
        Optional<WithNumber> scaled = with("Mul", choice.value).filter(product -> product.value.equals(choice.above));
        double beta = scaled.map(WithNumber::number).orElse(1.0);
        String x = scaled.map(WithNumber::value).orElse(choice.value);
        Optional<WithNumber> divided = with("Div", choice.below).filter(quotient -> quotient.number == beta);
        String plus = divided.map(WithNumber::value).orElse(choice.below);
        boolean isSoftplus = wiring.producer(plus).filter(node -> node.operator().equals("Softplus")
                && node.inputs().getFirst().equals(choice.value)).isPresent();
        if (!isSoftplus || !x.equals(choice.above) || (divided.isEmpty() && beta != 1)
                || choice.threshold < SOFTPLUS_IS_IDENTITY || !(beta > 0)) {
            return Optional.empty();
        }
        Activate function = new Activate(new Activation(Kind.SOFTPLUS, 0));
        return Optional.of(beta == 1
                ? new Match(List.of(function), x)
                : new Match(List.of(Scale.of((float) beta, 0), function, Scale.of((float) (1 / beta), 0)), x));
    }

    private Optional<Match> rectified(Choice choice) throws InvalidInputException {
        String x = choice.value;
        float threshold = (float) choice.threshold;
        Optional<WithNumber> ceiling = with("Min", choice.above).filter(min -> min.value.equals(x));
        OptionalDouble slope = slope(choice);
        boolean hasSlope = slope.isPresent() && slope.getAsDouble() != 0;
        boolean isKnown = slope.isPresent() && (choice.above.equals(x) || ceiling.isPresent())
                && !(hasSlope && choice.isBelowIfEqual && threshold != 0);
        float ceilingNumber = ceiling.map(min -> (float) min.number).orElse(Float.MAX_VALUE);
        boolean isMoved = choice.isBelowIfEqual && !hasSlope && threshold != 0;
        return isKnown
                ? Optional.of(new Match(Activation.rectify(isMoved ? Math.nextUp(threshold) : threshold,
                        (float) slope.getAsDouble(), ceilingNumber), x))
                : Optional.empty();
    }

    /** Of what is below, counted from the threshold. */
    private OptionalDouble slope(Choice choice) throws InvalidInputException {
        OptionalDouble number = constants.of(choice.below);
        if (number.isPresent()) {
            return number.getAsDouble() == 0 ? number : OptionalDouble.empty();
        }
        Optional<WithNumber> product = with("Mul", choice.below);
        if (product.isEmpty()) {
            return OptionalDouble.empty();
        }
        boolean isOfX = choice.threshold == 0 && product.get().value.equals(choice.value);
        Optional<WithNumber> distance = with("Sub", product.get().value)
                .filter(sub -> sub.value.equals(choice.value) && sub.number == choice.threshold);
        return isOfX || distance.isPresent() ? OptionalDouble.of(product.get().number) : OptionalDouble.empty();
    }

    /** What an operator combines with a number: in any order, but for differences and quotients. */
    private Optional<WithNumber> with(String operator, String result) throws InvalidInputException {
        Optional<OnnxNode> node =
                wiring.producer(result).filter(it -> it.operator().equals(operator) && it.inputs().size() == 2);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String first = node.get().inputs().getFirst();
        String second = node.get().inputs().getLast();
        OptionalDouble number = constants.of(second);
        if (number.isPresent()) {
            return Optional.of(new WithNumber(first, number.getAsDouble()));
        }
        OptionalDouble other = constants.of(first);
        boolean isOrdered = operator.equals("Sub") || operator.equals("Div");
        return other.isEmpty() || isOrdered
                ? Optional.empty()
                : Optional.of(new WithNumber(second, other.getAsDouble()));
    }
}
