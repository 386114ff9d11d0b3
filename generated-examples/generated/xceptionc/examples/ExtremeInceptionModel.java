package xceptionc.examples;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;

/**
 * The model {@code extreme-inception}, [30, 30, 64] to [30, 30, 192].
 *
 * <p>{@code new ExtremeInceptionModel().open()} opens it.
 */
public final class ExtremeInceptionModel implements ModelProvider {
    /**
     * Opens nothing yet.
     */
    public ExtremeInceptionModel() {
    }

    @Override
    public String name() {
        return "extreme-inception";
    }

    @Override
    public CompiledModel open(OpenOptions options) {
        return CompiledModel.open(ExtremeInception.class, options);
    }
}
