package io.xceptionc.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * A compiled model that is on the class path or the module path. Each model brings a class of this kind, called after
 * it:
 *
 * {@snippet :
 * try (CompiledModel model = new XceptionModel().open()) {
 * }
 * }
 *
 * <p> Thread-safe, and without state: one may open any number of models. Its jar and its class loader are to stay as
 * long as a model of it is open.
 *
 * <p> A program that does not know which models there are finds them by {@link ServiceLoader}, or here by {@link
 * #named}: model jars, and models that the Maven plugin has generated. Where these belong to a named module, its {@code
 * module-info.java} must say so:
 *
 * <pre>
 * opens com.example.models to io.xceptionc.runtime; // for the weights beside the classes
 * provides io.xceptionc.runtime.ModelProvider with com.example.models.XceptionModel;
 * </pre>
 */
public interface ModelProvider {

    /** The model's name, as the spec has it. */
    String name();

    /**
     * Opens the model; the caller closes it. Each call makes another one.
     *
     * @throws ModelException as {@link CompiledModel#open(java.nio.file.Path)}
     */
    CompiledModel open(OpenOptions options);

    /** Opens the model with the usual options. */
    default CompiledModel open() {
        return open(OpenOptions.DEFAULT);
    }

    /**
     * The model of a name, of those that the thread's context class loader finds.
     *
     * @throws ModelException if there is none, or more than one, or a jar on the path is damaged
     */
    static ModelProvider named(String name) {
        List<ModelProvider> all = all();
        List<ModelProvider> fitting = all.stream().filter(provider -> provider.name().equals(name)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (fitting.isEmpty()) {
            throw new ModelException("there is no model '" + name + "' on the class path or module path; there are "
                    + all.stream().map(ModelProvider::name).toList());
        }
        throw new ModelException("there are several models '" + name + "': " + fitting.stream()
                .map(provider -> provider.getClass().getName()).collect(Collectors.joining(", "))
                + "; make an instance of the one that is meant");
    }

    private static List<ModelProvider> all() {
        try {
            return ServiceLoader.load(ModelProvider.class).stream().map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(ModelProvider::name)).toList();
        } catch (ServiceConfigurationError e) {
            throw new ModelException("the models on the class path or module path cannot be looked through: "
                    + e.getMessage() + "; remove or replace the jar that this comes from", e);
        }
    }
}
