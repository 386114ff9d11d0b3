package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.onnx.OnnxAttribute;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.format.onnx.OnnxNode;
import io.xceptionc.compiler.format.onnx.OnnxTensor;
import io.xceptionc.compiler.graph.op.Activate;
import io.xceptionc.compiler.graph.op.Activation;
import io.xceptionc.compiler.graph.op.Activation.Kind;
import io.xceptionc.compiler.graph.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Recognises activations that models spell out in several nodes: {@code x * sigmoid(x)}, {@code x * tanh(softplus(x))},
 * {@code x * hard_sigmoid(x)}, {@code x * clip(x + 3, 0, 6) / 6}, {@code clip(x + 3, 0, 6) / 6} and {@code 0.5 * x * (1
 * + erf(x / sqrt(2)))}, their factors in any order; and those of {@link Thresholds}.
 */
final class ActivationPatterns {

    /** As deep as any of them nests products. */
    private static final int DEEPEST_PRODUCT = 2;

    private final Wiring wiring;
    private final OnnxFile file;
    private final long opset;

    /**
     * An activation of a value.
     *
     * @param ops what computes it, one after another
     * @param input the value's name
     */
    record Match(List<Op> ops, String input) {

        Match {
            ops = List.copyOf(ops);
        }

        Match(Activation activation, String input) {
            this(List.of(new Activate(activation)), input);
        }
    }

    /** A product of values, none of them constant. */
    private record Product(double factor, List<String> values) {

        Product times(Product other) {
            List<String> all = new ArrayList<>(values);
            all.addAll(other.values);
            return new Product(factor * other.factor, all);
        }
    }

    ActivationPatterns(Wiring wiring, OnnxFile file, long opset) {
        this.wiring = wiring;
        this.file = file;
        this.opset = opset;
    }

    /** The activation that ends with a node. */
    Optional<Match> match(OnnxNode node) throws InvalidInputException {
        if (node.operator().equals("Where") && node.inputs().size() == 3) {
            return new Thresholds(wiring, this::number).match(node);
        }
        if (!isProduct(node)) {
            return Optional.empty();
        }
        for (Product product : products(node, DEEPEST_PRODUCT)) {
            Optional<Match> match = switch (product.values.size()) {
                case 1 -> ofOne(product.factor, product.values.getFirst());
                case 2 -> ofTwo(product.factor, product.values.getFirst(), product.values.getLast())
                        .or(() -> ofTwo(product.factor, product.values.getLast(), product.values.getFirst()));
                default -> Optional.empty();
            };
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    private static boolean isProduct(OnnxNode node) {
        return (node.operator().equals("Mul") || node.operator().equals("Div")) && node.inputs().size() == 2;
    }

    /** A product in all ways of taking its parts for values or for products again. */
    private List<Product> products(OnnxNode node, int depth) throws InvalidInputException {
        List<Product> all = new ArrayList<>();
        boolean divides = node.operator().equals("Div");
        for (Product left : parts(node.inputs().getFirst(), depth)) {
            for (Product right : parts(node.inputs().getLast(), depth)) {
                if (!divides) {
                    all.add(left.times(right));
                } else if (right.values.isEmpty()) {
                    all.add(left.times(new Product(1 / right.factor, List.of())));
                }
            }
        }
        return all;
    }

    private List<Product> parts(String value, int depth) throws InvalidInputException {
        OptionalDouble number = number(value);
        if (number.isPresent()) {
            return List.of(new Product(number.getAsDouble(), List.of()));
        }
        List<Product> parts = new ArrayList<>(List.of(new Product(1, List.of(value))));
        Optional<OnnxNode> producer = wiring.producer(value).filter(ActivationPatterns::isProduct);
        if (producer.isPresent() && depth > 0) {
            parts.addAll(products(producer.get(), depth - 1));
        }
        return parts;
    }

    private Optional<Match> ofOne(double factor, String value) {
        return OnnxConstants.isClose(factor, 1.0 / 6)
                ? clippedPlusThree(value).map(input -> new Match(new Activation(Kind.HARD_SIGMOID, 0), input))
                : Optional.empty();
    }

    /** Of {@code factor * x * gate(x)}. */
    private Optional<Match> ofTwo(double factor, String x, String gate) {
        Optional<Kind> kind = Optional.empty();
        if (factor == 1) {
            kind = wiring.producer(gate).flatMap(node -> ofGate(node, x));
        } else if (OnnxConstants.isClose(factor, 1.0 / 6)) {
            kind = clippedPlusThree(gate).filter(x::equals).map(_ -> Kind.HARD_SWISH);
        } else if (OnnxConstants.isClose(factor, 0.5) && isOnePlusErf(gate, x)) {
            kind = Optional.of(Kind.GELU);
        }
        return kind.map(found -> new Match(new Activation(found, 0), x));
    }

    private Optional<Kind> ofGate(OnnxNode gate, String x) {
        if (gate.operator().equals("Tanh") && wiring.producer(gate.inputs().getFirst())
                .filter(inner -> reads(inner, "Softplus", x)).isPresent()) {
            return Optional.of(Kind.MISH);
        }
        if (reads(gate, "Sigmoid", x)) {
            return Optional.of(Kind.SWISH);
        }
        return reads(gate, "HardSigmoid", x) && hasSlopeOfOneSixth(gate)
                ? Optional.of(Kind.HARD_SWISH)
                : Optional.empty();
    }

    private static boolean reads(OnnxNode node, String operator, String value) {
        return node.operator().equals(operator) && node.inputs().size() >= 1
                && node.inputs().getFirst().equals(value);
    }

    private static boolean hasSlopeOfOneSixth(OnnxNode node) {
        return node.attributes().get("alpha") instanceof OnnxAttribute.Decimal(float alpha)
                && OnnxConstants.isClose(alpha, 1.0 / 6)
                && !(node.attributes().get("beta") instanceof OnnxAttribute.Decimal(float beta) && beta != 0.5f);
    }

    /** The {@code x} of {@code clip(x + 3, 0, 6)}. */
    private Optional<String> clippedPlusThree(String value) {
        return wiring.producer(value).filter(node -> node.operator().equals("Clip") && isClipToSix(node))
                .flatMap(node -> plus(node.inputs().getFirst(), 3));
    }

    private boolean isClipToSix(OnnxNode node) {
        if (opset < 11) {
            return node.attributes().get("max") instanceof OnnxAttribute.Decimal(float max) && max == 6
                    && node.attributes().get("min") instanceof OnnxAttribute.Decimal(float min) && min == 0
                    && node.inputs().size() == 1;
        }
        return node.inputs().size() == 3 && isNumber(node.inputs().get(1), 0) && isNumber(node.inputs().get(2), 6);
    }

    /** The {@code x} of {@code x + summand}. */
    private Optional<String> plus(String value, double summand) {
        return wiring.producer(value).filter(node -> node.operator().equals("Add") && node.inputs().size() == 2)
                .flatMap(node -> isNumber(node.inputs().getLast(), summand)
                        ? Optional.of(node.inputs().getFirst())
                        : Optional.of(node.inputs().getLast())
                                .filter(_ -> isNumber(node.inputs().getFirst(), summand)));
    }

    private boolean isOnePlusErf(String value, String x) {
        Optional<OnnxNode> erf =
                plus(value, 1).flatMap(wiring::producer)
                        .filter(node -> node.operator().equals("Erf") && !node.inputs().isEmpty());
        Optional<OnnxNode> scaled =
                erf.flatMap(node -> wiring.producer(node.inputs().getFirst())).filter(ActivationPatterns::isProduct);
        try {
            return scaled.isPresent() && products(scaled.get(), 0).stream().anyMatch(product -> product.values
                    .equals(List.of(x)) && OnnxConstants.isClose(product.factor, Math.sqrt(0.5)));
        } catch (InvalidInputException _) {
            return false; // Whoever reads the constant as a weight says why it cannot be.
        }
    }

    private boolean isNumber(String value, double number) {
        try {
            OptionalDouble found = number(value);
            return found.isPresent() && found.getAsDouble() == number;
        } catch (InvalidInputException _) {
            return false; // Whoever reads the constant as a weight says why it cannot be.
        }
    }

    /** The number that a value is, if it is a constant of a single one. */
    private OptionalDouble number(String value) throws InvalidInputException {
        Optional<OnnxNode> producer = wiring.producer(value).filter(node -> node.operator().equals("Constant"));
        if (producer.isPresent()
                && producer.get().attributes().get("value_float") instanceof OnnxAttribute.Decimal(float number)) {
            return OptionalDouble.of(number);
        }
        Optional<OnnxTensor> tensor = wiring.constant(value).filter(constant -> constant.elementCount() == 1)
                .filter(constant -> constant.type().elementType().filter(type -> type.isFloat()).isPresent());
        return tensor.isPresent() ? OptionalDouble.of(file.floats(tensor.get())[0]) : OptionalDouble.empty();
    }
}
