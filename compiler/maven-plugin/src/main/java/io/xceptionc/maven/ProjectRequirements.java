package io.xceptionc.maven;

import java.util.Optional;
import java.util.Properties;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** What a project must have for generated code to compile in it. */
final class ProjectRequirements {

    private static final String GROUP = "io.xceptionc";
    private static final String RUNTIME = "xceptionc-runtime";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String COMPILER_GROUP = "org.apache.maven.plugins";
    private static final String COMPILER = "maven-compiler-plugin";
    /** Maven 3.8 has an older one by default. */
    private static final ComparableVersion KNOWS_RELEASE = new ComparableVersion("3.6.0");

    private final MavenProject project;
    private final Properties userProperties;
    private final String version;

    /**
     * Of a project.
     *
     * @param userProperties what the user gave on the command line
     * @param version the version of this plugin
     */
    ProjectRequirements(MavenProject project, Properties userProperties, String version) {
        this.project = project;
        this.userProperties = userProperties;
        this.version = version;
    }

    /**
     * Checks the project.
     *
     * @param compileGoal the goal of Maven's compiler plugin that compiles what is generated
     * @param execution the execution of that goal
     * @throws MojoFailureException if generated code cannot compile; the message says what to add
     */
    void check(String compileGoal, String execution, Log log) throws MojoFailureException {
        checkRuntime(log);
        Plugin plugin = project.getPlugin(COMPILER_GROUP + ":" + COMPILER);
        if (plugin == null) {
            return; // who compiles by other means has set it up
        }
        Optional<Xpp3Dom> compiler = Optional
                .ofNullable(project.getGoalConfiguration(COMPILER_GROUP, COMPILER, execution, compileGoal));
        checkRelease(plugin, compiler);
        if (compiler.map(Xpp3Dom::toString).filter(text -> text.contains(VECTOR_MODULE)).isEmpty()) {
            log.warn("generated code uses the Vector API, of which the configuration of " + COMPILER
                    + " says nothing; unless a module-info.java does, add to it\n<compilerArgs>\n  <arg>--add-modules</arg>\n"
                    + "  <arg>" + VECTOR_MODULE + "</arg>\n</compilerArgs>");
        }
    }

    private void checkRuntime(Log log) throws MojoFailureException {
        Artifact runtime = project.getArtifacts().stream()
                .filter(artifact -> artifact.getGroupId().equals(GROUP) && artifact.getArtifactId().equals(RUNTIME))
                .findFirst().orElseThrow(() -> new MojoFailureException("generated code needs " + RUNTIME
                        + ", which is not among the dependencies of this project; add\n<dependency>\n  <groupId>"
                        + GROUP
                        + "</groupId>\n  <artifactId>" + RUNTIME + "</artifactId>\n  <version>" + version
                        + "</version>\n</dependency>"));
        if (!runtime.getBaseVersion().equals(version)) {
            log.warn("this plugin generates code for " + RUNTIME + " " + version + ", but the project depends on "
                    + runtime.getBaseVersion() + "; give both the same version");
        }
    }

    private void checkRelease(Plugin plugin, Optional<Xpp3Dom> compiler) throws MojoFailureException {
        Optional<String> release = configured(compiler, "release");
        Optional<String> used = release.or(() -> configured(compiler, "target"));
        if (used.isEmpty() || featureOf(used.get()) < JdkSearch.VERSION) {
            throw new MojoFailureException("generated code is Java " + JdkSearch.VERSION
                    + ", but this project is compiled for "
                    + used.map(text -> "Java " + text).orElse("what " + COMPILER + " takes by default")
                    + "; set the property\n<maven.compiler.release>" + JdkSearch.VERSION + "</maven.compiler.release>");
        }
        if (release.isPresent() && plugin.getVersion() != null
                && new ComparableVersion(plugin.getVersion()).compareTo(KNOWS_RELEASE) < 0) {
            throw new MojoFailureException(COMPILER + " " + plugin.getVersion() + " pays no heed to a release, here "
                    + release.get() + "; as Maven takes so old a version by itself, give "
                    + COMPILER + " one, this or a later\n<version>3.15.0</version>");
        }
    }

    private Optional<String> configured(Optional<Xpp3Dom> compiler, String name) {
        return compiler.flatMap(dom -> value(dom, name)).or(() -> property("maven.compiler." + name));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(userProperties.getProperty(name))
                .or(() -> Optional.ofNullable(project.getProperties().getProperty(name)));
    }

    private Optional<String> value(Xpp3Dom dom, String name) {
        return Optional.ofNullable(dom.getChild(name)).map(Xpp3Dom::getValue).map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> text.startsWith("${") && text.endsWith("}")
                        ? property(text.substring(2, text.length() - 1))
                        : Optional.of(text));
    }

    /** The feature release that {@code 25} or {@code 1.8} names; 0 for anything else. */
    static int featureOf(String release) {
        String digits = release.startsWith("1.") ? release.substring(2) : release;
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 0;
    }
}
