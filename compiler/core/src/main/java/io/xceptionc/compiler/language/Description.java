package io.xceptionc.compiler.language;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.op.Padding;
import io.xceptionc.compiler.graph.op.Window;
import io.xceptionc.compiler.language.attribute.Attribute;
import io.xceptionc.compiler.language.attribute.PaddingRule;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a layer must say, and which tensors it must have, to compute what an operator computes: filled in by {@link
 * Operator#describe}.
 */
public final class Description implements AttributeValues {

    /**
     * What is to be said of one attribute.
     *
     * @param attribute the attribute
     * @param text its value as an author writes it
     * @param omitted what it is if neither the layer nor the spec's defaults say anything
     */
    public record Setting(Attribute<?> attribute, String text, Optional<String> omitted) {

        /** Whether it goes without saying. */
        public boolean isOmissible() {
            return omitted.filter(text::equals).isPresent();
        }
    }

    /**
     * A tensor of the layer.
     *
     * @param role what it is to the layer
     * @param tensor its values, in the canonical layout of the role
     */
    public record Part(TensorRole role, Tensor tensor) {}

    private final NamingConvention convention;
    private final Function<Window, PaddingRule> paddingRule;
    private final Map<Attribute<?>, Object> values = new LinkedHashMap<>();
    private final List<Setting> settings = new ArrayList<>();
    private final List<Part> tensors = new ArrayList<>();

    /**
     * For a spec of a convention.
     *
     * @param paddingRule how the padding of a window is said
     */
    public Description(NamingConvention convention, Function<Window, PaddingRule> paddingRule) {
        this.convention = convention;
        this.paddingRule = paddingRule;
    }

    /** One that says the padding of windows by its sides. */
    public Description(NamingConvention convention) {
        this(convention, window -> sides(window.padding()));
    }

    /** Padding by its sides. */
    public static PaddingRule sides(Padding padding) {
        return new PaddingRule.Explicit(padding.top(), padding.bottom(), padding.left(), padding.right());
    }

    /** Whose defaults go without saying. */
    NamingConvention convention() {
        return convention;
    }

    /** How the padding of a window is said. */
    PaddingRule padding(Window window) {
        return paddingRule.apply(window);
    }

    /** Says an attribute, whose default is fixed if it has one. */
    public <T> void set(Attribute<T> attribute, T value) {
        add(attribute, value, attribute.defaultValue());
    }

    /** Says an attribute whose default follows from the rest. */
    <T> void set(Attribute<T> attribute, T value, T omitted) {
        add(attribute, value, Optional.of(omitted));
    }

    private <T> void add(Attribute<T> attribute, T value, Optional<T> omitted) {
        values.put(attribute, value);
        settings.add(new Setting(attribute, attribute.write(value), omitted.map(attribute::write)));
    }

    /** Adds a tensor; to be called in the order of the reference. */
    void tensor(TensorRole role, Tensor tensor) {
        tensors.add(new Part(role, tensor));
    }

    /** Adds a tensor, if there is one. */
    void tensor(TensorRole role, Optional<Tensor> tensor) {
        tensor.ifPresent(present -> tensor(role, present));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(Attribute<T> attribute) {
        return Optional.ofNullable((T) values.get(attribute));
    }

    /** What is to be said, in the order in which it was. */
    public List<Setting> settings() {
        return List.copyOf(settings);
    }

    /** The tensors, in the reference's order. */
    public List<Part> tensors() {
        return List.copyOf(tensors);
    }

    /** Whether a layer that says nothing computes the same, with no tensors. */
    public boolean goesWithoutSaying() {
        return tensors.isEmpty() && settings.stream().allMatch(Setting::isOmissible);
    }
}
