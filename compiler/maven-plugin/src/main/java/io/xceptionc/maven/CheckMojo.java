package io.xceptionc.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Checks specs without weights and without generating anything. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public class CheckMojo extends SpecMojo {

    /** The folder of the specs. */
    @Parameter(defaultValue = "${project.basedir}/src/main/xceptionc")
    private File sourceDirectory;

    /** Made by Maven, which sets the parameters. */
    public CheckMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (isSkipped()) {
            getLog().info("skipped");
            return;
        }
        if (ide().spares(List.of(sourceDirectory.toPath(), project().getFile().toPath()))) {
            return;
        }
        List<Path> specs = specs(sourceDirectory);
        if (specs.isEmpty()) {
            getLog().info("there are no specs in " + sourceDirectory);
            return;
        }
        Properties request = new Properties();
        int index = 0;
        for (Path spec : specs) {
            request.setProperty(index + ".spec", spec.toString());
            index++;
        }
        requireNoErrors(ask(specs, request));
        getLog().info("checked " + specs.size() + (specs.size() == 1 ? " spec" : " specs"));
    }
}
