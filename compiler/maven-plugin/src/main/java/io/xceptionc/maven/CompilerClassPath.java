package io.xceptionc.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Finds the compiler with all that it needs. The artifacts of the plugin would not do: Maven keeps those from it that
 * it has itself, such as the API of SLF4J.
 *
 * @param system resolves artifacts
 * @param session how this build does it
 * @param repositories where plugins come from
 */
record CompilerClassPath(
        RepositorySystem system,
        RepositorySystemSession session,
        List<RemoteRepository> repositories) {

    CompilerClassPath {
        repositories = List.copyOf(repositories);
    }

    /** The jars, or folders of classes in a build that makes the compiler itself. */
    List<Path> ofVersion(String version) throws MojoExecutionException {
        Dependency compiler = new Dependency(new DefaultArtifact("io.xceptionc:xceptionc-core:" + version), "runtime");
        try {
            return system
                    .resolveDependencies(session,
                            new DependencyRequest(new CollectRequest(compiler, repositories), null))
                    .getArtifactResults().stream().map(result -> result.getArtifact().getFile().toPath()).toList();
        } catch (DependencyResolutionException e) {
            throw new MojoExecutionException("the compiler cannot be found: " + e.getMessage(), e);
        }
    }
}
