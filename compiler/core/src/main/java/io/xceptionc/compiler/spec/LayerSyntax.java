package io.xceptionc.compiler.spec;

import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.language.Operator;
import io.xceptionc.compiler.language.attribute.Arguments;
import io.xceptionc.compiler.language.attribute.Value;
import java.util.List;
import java.util.Optional;

/** An item of a list of layers. */
public sealed interface LayerSyntax {

    /** The place of its keyword. */
    SourceSpan span();

    /**
     * One layer.
     *
     * @param operator what it computes
     * @param arguments its attributes
     * @param span the keyword's place
     */
    record OperatorCall(Operator operator, Arguments arguments, SourceSpan span) implements LayerSyntax {}

    /**
     * Layers several times in a row.
     *
     * @param arguments all but the layers
     * @param layers what is repeated
     * @param span the keyword's place
     */
    record Repeat(Arguments arguments, List<LayerSyntax> layers, SourceSpan span) implements LayerSyntax {

        public Repeat {
            layers = List.copyOf(layers);
        }
    }

    /**
     * The layers of a block.
     *
     * @param arguments all but the values of the parameters
     * @param parameters the values of the parameters
     * @param span the keyword's place
     */
    record BlockCall(Arguments arguments, List<Value.Entry> parameters, SourceSpan span) implements LayerSyntax {

        public BlockCall {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A body whose result is added to the input, or to the result of a shortcut.
     *
     * @param arguments all but the layers
     * @param body the layers whose result is added
     * @param shortcut the layers of the other way; absent if that is the input as it is
     * @param span the keyword's place
     */
    record Residual(Arguments arguments, List<LayerSyntax> body, Optional<List<LayerSyntax>> shortcut, SourceSpan span)
            implements LayerSyntax {

        public Residual {
            body = List.copyOf(body);
            shortcut = shortcut.map(List::copyOf);
        }
    }

    /**
     * Paths from one input, merged.
     *
     * @param arguments all but the paths
     * @param paths at least two
     * @param span the keyword's place
     */
    record Branches(Arguments arguments, List<List<LayerSyntax>> paths, SourceSpan span) implements LayerSyntax {

        public Branches {
            paths = paths.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Something that was meant as a layer and could not be understood, which is reported.
     *
     * @param name the name it seems to have
     * @param span its place
     */
    record Unreadable(Optional<String> name, SourceSpan span) implements LayerSyntax {}
}
