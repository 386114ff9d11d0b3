package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class ProjectRequirementsTest {

    private static final String VECTOR =
            "<compilerArgs><arg>--add-modules</arg><arg>jdk.incubator.vector</arg></compilerArgs>";

    private final Properties userProperties = new Properties();
    private final Properties projectProperties = new Properties();
    private final List<String> warnings = new ArrayList<>();
    private String runtimeVersion = "1";
    private String compilerVersion = "3.15.0";

    private void check(String configuration) throws Exception {
        Plugin compiler = new Plugin();
        compiler.setGroupId("org.apache.maven.plugins");
        compiler.setArtifactId("maven-compiler-plugin");
        compiler.setVersion(compilerVersion);
        compiler.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(compiler);
        model.setProperties(projectProperties);
        MavenProject project = new MavenProject(model);
        if (!runtimeVersion.isEmpty()) {
            project.setArtifacts(
                    Set.of(new DefaultArtifact("io.xceptionc", "xceptionc-runtime", runtimeVersion, "compile",
                            "jar", "", new DefaultArtifactHandler("jar"))));
        }
        new ProjectRequirements(project, userProperties, "1").check("compile", "default-compile",
                new SystemStreamLog() {
                    @Override
                    public void warn(CharSequence text) {
                        warnings.add(text.toString());
                    }
                });
    }

    private String refusal(String configuration) {
        return assertThrows(MojoFailureException.class, () -> check(configuration)).getMessage();
    }

    @Test
    void aProjectThatHasAllIsFine() throws Exception {
        check("<release>25</release>" + VECTOR);
        check("<target>26</target>" + VECTOR);
        projectProperties.setProperty("maven.compiler.release", "25");
        check(VECTOR);
        check("<release>${maven.compiler.release}</release>" + VECTOR);
        assertEquals(List.of(), warnings);
    }

    @Test
    void theRuntimeMustBeThereAndShouldBeOfTheSameVersion() throws Exception {
        runtimeVersion = "2";
        check("<release>25</release>" + VECTOR);
        assertEquals(List
                .of("this plugin generates code for xceptionc-runtime 1, but the project depends on 2; give both the"
                        + " same version"),
                warnings);
        runtimeVersion = "";
        assertTrue(refusal("<release>25</release>" + VECTOR)
                .startsWith("generated code needs xceptionc-runtime, which is not"
                        + " among the dependencies of this project; add\n<dependency>\n"));
    }

    @Test
    void anOlderReleaseIsRefused() {
        String hint = "; set the property\n<maven.compiler.release>25</maven.compiler.release>";
        String start = "generated code is Java 25, but this project is compiled for ";
        assertEquals(start + "Java 21" + hint, refusal("<release>21</release>"));
        assertEquals(start + "Java 1.8" + hint, refusal("<target>1.8</target>"));
        assertEquals(start + "what maven-compiler-plugin takes by default" + hint, refusal(""));
        projectProperties.setProperty("maven.compiler.release", "25");
        userProperties.setProperty("maven.compiler.release", "17");
        assertEquals(start + "Java 17" + hint, refusal(""));
    }

    @Test
    void aCompilerPluginThatDoesNotKnowReleasesIsRefused() throws Exception {
        compilerVersion = "3.1";
        assertEquals("maven-compiler-plugin 3.1 pays no heed to a release, here 25; as Maven takes so old a version by"
                + " itself, give maven-compiler-plugin one, this or a later\n<version>3.15.0</version>",
                refusal("<release>25</release>" + VECTOR));
        check("<source>25</source><target>25</target>" + VECTOR);
        compilerVersion = "3.6.0";
        check("<release>25</release>" + VECTOR);
    }

    @Test
    void aCompilerThatDoesNotKnowTheVectorApiIsWarnedOf() throws Exception {
        check("<release>25</release>");
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("generated code uses the Vector API, of which the configuration of"
                + " maven-compiler-plugin says nothing; "), warnings.get(0));
    }

    @Test
    void releasesAreReadAsJavacWritesThem() {
        assertEquals(List.of(25, 8, 0, 0), List.of("25", "1.8", "${x}", "latest").stream()
                .map(ProjectRequirements::featureOf).toList());
    }
}
