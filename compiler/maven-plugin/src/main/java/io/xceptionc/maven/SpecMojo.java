package io.xceptionc.maven;

import io.xceptionc.maven.CompilerAnswer.Problem;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.util.DirectoryScanner;
import org.eclipse.aether.RepositorySystem;

/** What all goals share: which specs there are, and how the compiler is asked about them. */
abstract class SpecMojo extends AbstractMojo {

    /** Which files are specs, as patterns below the source directory. */
    @Parameter
    private List<String> includes = List.of("**/*.yaml");

    /** Which of those are none. */
    @Parameter
    private List<String> excludes = List.of();

    /** Arguments for the Java that the compiler runs on, such as {@code -Xmx8g} for large networks. */
    @Parameter
    private List<String> jvmArguments = List.of();

    /** Leaves specs alone. What is generated already is still compiled. */
    @Parameter(property = "xceptionc.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Inject
    private ToolchainManager toolchainManager;

    @Inject
    private RepositorySystem repositorySystem;

    @Inject
    private BuildContext buildContext;

    /** Made by Maven, which sets the parameters. */
    SpecMojo() {}

    final boolean isSkipped() {
        return skip;
    }

    final MavenSession session() {
        return session;
    }

    final MavenProject project() {
        return project;
    }

    final PluginDescriptor plugin() {
        return plugin;
    }

    final MojoExecution execution() {
        return execution;
    }

    final Ide ide() {
        return new Ide(buildContext, session.getUserProperties());
    }

    /** All specs below a folder, in order. */
    final List<Path> specs(File folder) {
        if (!folder.isDirectory()) {
            return List.of();
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(folder);
        scanner.setIncludes(includes.toArray(String[]::new));
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles()).map(folder.toPath()::resolve).sorted().toList();
    }

    /** The compiler with all that it needs. */
    final List<Path> compilerClassPath() throws MojoExecutionException {
        return new CompilerClassPath(repositorySystem, session.getRepositorySession(),
                project.getRemotePluginRepositories()).ofVersion(plugin.getVersion());
    }

    /**
     * Asks the compiler, and tells Maven and IDEs about the problems that it finds.
     *
     * @param specs the specs that are asked about
     */
    final CompilerAnswer ask(List<Path> specs, Properties request) throws MojoExecutionException {
        Jdk jdk = JdkSearch.here().find(knownJdks());
        getLog().debug("the compiler runs on " + jdk.home());
        CompilerAnswer answer =
                new CompilerProcess(jdk, compilerClassPath(), jvmArguments).ask(request, getLog()::warn);
        specs.forEach(ide()::clear);
        answer.problems().forEach(this::tell);
        answer.failures().forEach(getLog()::error);
        return answer;
    }

    /**
     * Ends the build if there were errors, all of which were told.
     *
     * @throws MojoFailureException with their number
     */
    static void requireNoErrors(CompilerAnswer answer) throws MojoFailureException {
        long count = answer.errorCount();
        if (count > 0) {
            throw new MojoFailureException("xceptionc found " + (count == 1 ? "an error" : count + " errors")
                    + "; see above");
        }
    }

    private void tell(Problem problem) {
        if (problem.error()) {
            getLog().error(problem.toString());
        } else {
            getLog().warn(problem.toString());
        }
        ide().show(problem);
    }

    /** The Javas that Maven knows: the toolchain of this build, other toolchains, and that which Maven runs on. */
    private List<Path> knownJdks() {
        Stream<Toolchain> ofBuild = Stream.ofNullable(toolchainManager.getToolchainFromBuildContext("jdk", session));
        Stream<Toolchain> others = toolchainManager
                .getToolchains(session, "jdk", Map.of("version", "[" + JdkSearch.VERSION + ",)")).stream();
        Stream<Path> ofToolchains = Stream.concat(ofBuild, others).map(toolchain -> toolchain.findTool("java"))
                .flatMap(Stream::ofNullable).map(java -> Path.of(java).toAbsolutePath().getParent().getParent());
        return Stream.concat(ofToolchains, Stream.of(Path.of(System.getProperty("java.home")))).toList();
    }
}
