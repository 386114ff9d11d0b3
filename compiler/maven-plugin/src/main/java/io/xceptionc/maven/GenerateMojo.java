package io.xceptionc.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Generates models from specs: Java sources for the compiler, and resources with the weights, which go beside the
 * classes. The model {@code tiny} is opened by {@code new TinyModel().open()}, or by {@code
 * ModelProvider.named("tiny").open()}: all models are listed in {@code
 * META-INF/services/io.xceptionc.runtime.ModelProvider}, with what a file of this name among the project's resources
 * lists.
 *
 * <p>
 * In a project with a {@code module-info.java}, that must have, as Java does not look at the list there:
 *
 * <pre>
 * requires io.xceptionc.runtime;
 * requires jdk.incubator.vector;
 * opens xceptionc.model.tiny to io.xceptionc.runtime;
 * provides io.xceptionc.runtime.ModelProvider with xceptionc.model.tiny.TinyModel;
 * </pre>
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true,
        requiresDependencyCollection = ResolutionScope.COMPILE)
public class GenerateMojo extends GenerationMojo {

    /** The folder of the specs. */
    @Parameter(defaultValue = "${project.basedir}/src/main/xceptionc")
    private File sourceDirectory;

    /** The folder for generated sources. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/xceptionc")
    private File outputDirectory;

    /** The folder for generated resources. */
    @Parameter(defaultValue = "${project.build.directory}/generated-resources/xceptionc")
    private File resourceDirectory;

    /** Made by Maven, which sets the parameters. */
    public GenerateMojo() {}

    @Override
    GenerationFolders folders() {
        return new GenerationFolders(sourceDirectory.toPath(), outputDirectory.toPath(), resourceDirectory.toPath(),
                Path.of(project().getBuild().getDirectory(), "generated-resources", "xceptionc-providers"),
                Path.of(project().getBuild().getOutputDirectory()));
    }

    @Override
    void addSources(Path folder) {
        project().addCompileSourceRoot(folder.toString());
    }

    @Override
    List<Resource> resources() {
        return project().getResources();
    }

    @Override
    void addResource(Resource resource) {
        project().addResource(resource);
    }

    @Override
    void check(ProjectRequirements requirements) throws MojoFailureException {
        requirements.check("compile", "default-compile", getLog());
    }
}
