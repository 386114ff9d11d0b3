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

/** Generates models for tests, as {@code generate} does for the program itself. */
@Mojo(name = "generate-test", defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES, threadSafe = true,
        requiresDependencyCollection = ResolutionScope.TEST)
public class GenerateTestMojo extends GenerationMojo {

    /** The folder of the specs. */
    @Parameter(defaultValue = "${project.basedir}/src/test/xceptionc")
    private File sourceDirectory;

    /** The folder for generated sources. */
    @Parameter(defaultValue = "${project.build.directory}/generated-test-sources/xceptionc")
    private File outputDirectory;

    /** The folder for generated resources. */
    @Parameter(defaultValue = "${project.build.directory}/generated-test-resources/xceptionc")
    private File resourceDirectory;

    /** Made by Maven, which sets the parameters. */
    public GenerateTestMojo() {}

    @Override
    GenerationFolders folders() {
        return new GenerationFolders(sourceDirectory.toPath(), outputDirectory.toPath(), resourceDirectory.toPath(),
                Path.of(project().getBuild().getDirectory(), "generated-test-resources", "xceptionc-providers"),
                Path.of(project().getBuild().getTestOutputDirectory()));
    }

    @Override
    void addSources(Path folder) {
        project().addTestCompileSourceRoot(folder.toString());
    }

    @Override
    List<Resource> resources() {
        return project().getTestResources();
    }

    @Override
    void addResource(Resource resource) {
        project().addTestResource(resource);
    }

    @Override
    void check(ProjectRequirements requirements) throws MojoFailureException {
        requirements.check("testCompile", "default-testCompile", getLog());
    }
}
