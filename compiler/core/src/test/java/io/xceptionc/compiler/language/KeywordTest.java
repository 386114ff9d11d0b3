package io.xceptionc.compiler.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.graph.GraphPrinter;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.ChoiceType;
import io.xceptionc.compiler.language.attribute.Default;
import io.xceptionc.compiler.testing.SpecText;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The table of keywords is sound, and its defaults are what layers take. */
class KeywordTest {

    @Test
    void eachWordIsThereOnce() {
        List<String> words = Keyword.all().stream().map(Keyword::word).toList();
        assertEquals(words.stream().distinct().toList(), words);
    }

    @Test
    void eachAttributeIsThereOnceAndDescribed() {
        for (Keyword keyword : Keyword.all()) {
            assertEquals(keyword.attributeNames().stream().distinct().toList(), keyword.attributeNames());
            keyword.attributes()
                    .forEach(attribute -> assertTrue(attribute.description().matches("[^.].*[^.]"), attribute::name));
            assertTrue(keyword.description().endsWith("."), keyword::word);
        }
    }

    @Test
    void eachLiteralDefaultCanBeRead() {
        for (Keyword keyword : Keyword.all()) {
            keyword.attributes().stream().filter(attribute -> attribute.byDefault() instanceof Default.Literal)
                    .forEach(attribute -> assertTrue(attribute.defaultValue().isPresent(), attribute::name));
        }
    }

    @ParameterizedTest
    @FieldSource("io.xceptionc.compiler.language.Operators#ALL")
    void defaultsAreWhatLayersTake(Operator operator) {
        String bare = graph(operator, Stream.empty());
        Stream<Attribute<?>> withDefaults = operator.attributes().stream().<Attribute<?>>map(attribute -> attribute)
                .filter(attribute -> attribute.byDefault() instanceof Default.Literal);
        assertEquals(bare, graph(operator, withDefaults));
    }

    /** The graph of a layer with what it must have and some attributes as they are by default. */
    private static String graph(Operator operator, Stream<Attribute<?>> withDefaults) {
        String attributes = Stream.concat(operator.attributes().stream().filter(Attribute::isRequired), withDefaults)
                .map(attribute -> attribute.name() + ": " + switch (attribute.byDefault()) {
                    case Default.Required(String example) -> example;
                    case Default.Literal(String text) -> text;
                    case Default.Described(String text) -> text;
                }).collect(Collectors.joining(", "));
        String before = operator.word().equals("dense")
                ? "- global_avg_pool2d\n"
                : "- relu: {name: first_layer}\n- add: {name: second_layer, inputs: [first_layer, input]}\n";
        String needed = operator.word().equals("clip") ? "max: 1, " : ""; // one bound at least
        return GraphPrinter.print(SpecText.ofLayers(before + "- " + operator.word() + ": {" + needed + attributes + "}")
                .valid().graph());
    }

    @Test
    void activationsAreThoseOfTheOperators() {
        assertEquals(
                Set.of("none", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "sigmoid", "hard_sigmoid", "tanh",
                        "hard_tanh", "hard_swish", "swish", "mish", "gelu", "gelu_tanh", "softplus", "softsign",
                        "exponential", "clip", "softmax", "log_softmax"),
                Set.copyOf(((ChoiceType) Activations.ACTIVATION.type()).words()));
    }

    @Test
    void conventionsAreThoseOfTheWeights() {
        assertEquals(
                Arrays.stream(NamingConvention.values()).map(convention -> convention.name().toLowerCase(Locale.ROOT))
                        .toList(),
                ((ChoiceType) DocumentAttributes.CONVENTION.type()).words());
    }
}
