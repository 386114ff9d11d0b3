package io.xceptionc.compiler.diagnostic;

/**
 * What can be wrong with an input, by number: 1xx the text, 2xx the network, 3xx the weights, 4xx the files, 5xx what
 * is imported.
 */
public enum DiagnosticCode {
    /** The text is no YAML 1.2, or uses what a spec may not: aliases, tags, several documents. */
    E101("not a valid YAML document"),
    /** The text passes a bound: size, depth, number of layers. */
    E102("too large"),
    /** A key that nothing here is called. */
    E103("unknown key"),
    /** A key that must be there and is not. */
    E104("missing key"),
    /** A value of the wrong form. */
    E105("wrong value"),
    /** A name that breaks the pattern of names. */
    E106("bad name"),
    /** A keyword that is no operator and no block. */
    E107("unknown operator"),
    /** A reference to a layer, block or variable that is not defined there. */
    E108("undefined reference"),
    /** A name given twice. */
    E109("duplicate name"),
    /** A block that calls itself. */
    E110("recursive block"),
    /** A variable or expression in <code>${...}</code> that cannot be computed. */
    E111("bad expression"),

    /** A window that does not fit into its input. */
    E201("window does not fit"),
    /** Inputs whose heights or widths differ where they must be equal. */
    E202("sizes differ"),
    /** An operator that wants an image and got a vector, or the reverse. */
    E203("wrong kind of input"),
    /** Channels that do not fit. */
    E204("channels do not fit"),
    /** A tensor above what can be addressed. */
    E205("tensor too large"),
    /** A layer or block whose result nobody uses. */
    W201("unused"),

    /** A tensor that the network wants and the file lacks. */
    E301("tensor missing"),
    /** A tensor of the wrong shape. */
    E302("tensor misshapen"),
    /** A weights file that is damaged or not of its format. */
    E303("damaged weights file"),
    /** A tensor type that cannot be read as 32-bit floating point numbers. */
    E304("unsupported tensor type"),
    /** A tensor with values that are not finite. */
    E305("values not finite"),
    /** A variance with negative values. */
    E306("variance negative"),
    /** Two tensors in the file that the spec's patterns give one name. */
    E307("tensors renamed alike"),
    /** Layers of the file that are not those of the network by order and shape. */
    E308("layers do not match"),
    /** A weight that the storage asked for cannot hold. */
    E309("weight out of the storage's range"),
    /** A tensor in the file that no layer uses. */
    W301("tensor unused"),
    /** A batch norm with another epsilon than where the weights were trained. */
    W302("epsilon differs"),
    /** A layer that pads otherwise than where the weights were trained. */
    W303("padding differs"),
    /** A pattern of names that no tensor in the file has. */
    W304("pattern unused"),

    /** A file that cannot be read or written. */
    E401("file"),
    /** javac refused what was emitted: a defect of the compiler, not of the spec. */
    E402("generated code does not compile"),
    /** The memory plan passes the budget. */
    E403("memory budget exceeded"),
    /** The compiled model cannot be opened or run where it was compiled. */
    E404("compiled model does not run"),

    /** A network from elsewhere with something that the spec language has no words for. */
    E501("cannot be written as a spec"),
    /** A model of another tool that is sound, but no network of images. */
    E502("cannot be imported");

    private final String title;

    DiagnosticCode(String title) {
        this.title = title;
    }

    /** A few words naming the class of problems. */
    public String title() {
        return title;
    }

    /** What it means, mostly with an example, and the way out, as Markdown, from its title on. */
    public String explanation() {
        return Explanations.all().get(this);
    }

    /** Codes that begin with W are warnings. */
    public Severity severity() {
        return name().charAt(0) == 'W' ? Severity.WARNING : Severity.ERROR;
    }
}
