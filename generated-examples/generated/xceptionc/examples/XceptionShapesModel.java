package xceptionc.examples;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;

/**
 * The model {@code xception-shapes}, [64, 64, 3] to [10].
 *
 * <p>{@code new XceptionShapesModel().open()} opens it.
 */
public final class XceptionShapesModel implements ModelProvider {
    /**
     * Opens nothing yet.
     */
    public XceptionShapesModel() {
    }

    @Override
    public String name() {
        return "xception-shapes";
    }

    @Override
    public CompiledModel open(OpenOptions options) {
        return CompiledModel.open(XceptionShapes.class, options);
    }
}
