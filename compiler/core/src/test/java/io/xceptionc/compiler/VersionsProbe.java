package io.xceptionc.compiler;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Gatherers;

/**
 * Opens models in a JVM of its own, all at once: those on the class path, then those of some jars. Prints what each of
 * them makes of the image of {@link ModelVersion}, twice, and whether it has a self-test. Arguments: the jars.
 */
final class VersionsProbe {

    private static final OpenOptions ALONE = OpenOptions.DEFAULT.withThreads(1);

    private VersionsProbe() {}

    public static void main(String[] jars) {
        List<CompiledModel> models = new ArrayList<>();
        for (ModelProvider provider : ServiceLoader.load(ModelProvider.class)) {
            models.add(provider.open(ALONE));
        }
        for (String jar : jars) {
            models.add(CompiledModel.open(Path.of(jar), ALONE));
        }
        for (int round = 0; round < 2; round++) {
            for (CompiledModel model : models) {
                System.out.println(Arrays.toString(model.run(ModelVersion.image())));
            }
        }
        models.stream().gather(Gatherers.mapConcurrent(models.size(), VersionsProbe::selfTest))
                .forEach(System.out::println);
        models.reversed().forEach(CompiledModel::close);
    }

    private static String selfTest(CompiledModel model) {
        try {
            return String.valueOf(model.selfTest().passed());
        } catch (ModelException e) {
            return e.getMessage();
        }
    }
}
