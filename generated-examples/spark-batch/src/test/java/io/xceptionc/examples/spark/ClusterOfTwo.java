package io.xceptionc.examples.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a cluster with two workers: the same one to all classes, until the last of them ends. */
final class ClusterOfTwo implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ClusterOfTwo.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == StandaloneCluster.class;
    }

    @Override
    public StandaloneCluster resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(StandaloneCluster.class, _ -> start(),
                StandaloneCluster.class);
    }

    private static StandaloneCluster start() {
        try {
            Path folder = Path.of(System.getenv("SPARK_HOME"), "cluster");
            return new StandaloneCluster(Files.createDirectories(folder), 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
