package io.xceptionc.compiler.language.attribute;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.language.attribute.Value.Scalar;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name, which one strict pattern of ASCII characters limits. */
public enum WordType implements AttributeType<String> {
    /** Of the model. */
    MODEL_NAME("a name of letters, digits, _ and -", "[A-Za-z_][A-Za-z0-9_-]*", 64,
            "my_model"),
    /** Of a layer, or a reference to one. */
    LAYER_NAME("a name of letters, digits and _, parts joined by . or /", "[A-Za-z_][A-Za-z0-9_]*([./][A-Za-z0-9_]+)*",
            200, "block1_conv1"),
    /** Of a block. */
    BLOCK_NAME("a name of letters, digits and _", "[A-Za-z_][A-Za-z0-9_]*", 64, "my_block"),
    /** Of a parameter or index. */
    VARIABLE_NAME("a name of letters, digits and _", "[A-Za-z_][A-Za-z0-9_]*", 64, "n");

    private final String description;
    private final Pattern pattern;
    private final int longest;
    private final String example;

    WordType(String description, String pattern, int longest, String example) {
        this.description = description;
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
        this.example = example;
    }

    @Override
    public String describe() {
        return description;
    }

    /** The pattern as a regular expression, without its anchors. */
    public String pattern() {
        return pattern.pattern();
    }

    /** How many characters it may have. */
    public int longest() {
        return longest;
    }

    /** Whether a text is such a name. */
    public boolean accepts(String text) {
        return text.length() <= longest && pattern.matcher(text).matches();
    }

    @Override
    public Optional<String> read(String name, Value value, Diagnostics diagnostics) {
        if (!(value instanceof Scalar scalar) || scalar.isNull()) {
            return Complaints.wrong(name, this, value, "write a name, such as " + example, diagnostics);
        }
        if (accepts(scalar.text())) {
            return Optional.of(scalar.text());
        }
        String help = scalar.text().length() > longest
                ? "use at most " + longest + " characters"
                : "use " + description.substring("a name of ".length()) + ", not beginning with a digit";
        diagnostics.report(DiagnosticCode.E106, scalar.span(), Quotation.of(scalar.text()) + " cannot be a name here",
                help);
        return Optional.empty();
    }
}
