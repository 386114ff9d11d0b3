package io.xceptionc.compiler.graph.op;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import java.util.List;

/** An operator does not fit its inputs. The message continues the sentence {@code <keyword> '<name>' ...}. */
public final class ShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DiagnosticCode code;
    private final String help;
    private final String[] attributes;

    /**
     * With what does not fit and what to do about it.
     *
     * @param attributes the words of the spec language that are to blame: the first of them that a layer says
     */
    public ShapeException(DiagnosticCode code, String message, String help, String... attributes) {
        super(message);
        this.code = code;
        this.help = help;
        this.attributes = attributes.clone();
    }

    /** The class of the problem. */
    public DiagnosticCode code() {
        return code;
    }

    /**
     * The attributes that are to blame, the first that a layer says; none if it is the layer itself or what it reads.
     */
    public List<String> attributes() {
        return List.of(attributes);
    }

    /** What to do about it. */
    public String help() {
        return help;
    }
}
