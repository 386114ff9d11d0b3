package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal as Eclipse runs it while it sets a project up, which was built before. */
class GenerateMojoTest {

    @TempDir
    private Path folder;
    private MavenProject project;

    @BeforeEach
    void makeProject() throws IOException {
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().setDirectory(folder.resolve("target").toString());
        model.getBuild().setOutputDirectory(folder.resolve("target/classes").toString());
        project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        write("specs/tiny.yaml");
        FileTree none = FileTree.of(folder, List.of());
        new GenerationState("built", Set.of("a.TinyModel"), none,
                FileTree.of(folder.resolve("java"), List.of(write("java/a/Tiny.java"))),
                FileTree.of(folder.resolve("resources"), List.of(write("resources/a/Tiny.weights"))))
                .write(folder.resolve("target/xceptionc/generate@default.properties"));
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    /** Has no changes and finds no files, as EclipseEmptyBuildContext. */
    private static BuildContext empty() {
        return (BuildContext) Proxy.newProxyInstance(BuildContext.class.getClassLoader(),
                new Class<?>[] {BuildContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "isIncremental" -> true;
                    case "hasDelta" -> false;
                    case "refresh" -> null;
                    default -> throw new AssertionError(method);
                });
    }

    private static void set(GenerateMojo mojo, String name, Object value) throws ReflectiveOperationException {
        for (Class<?> type = mojo.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    field.set(mojo, value);
                    return;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    @SuppressWarnings("deprecation") // a session is made so where there is no container
    private GenerateMojo mojo() throws ReflectiveOperationException {
        GenerateMojo mojo = new GenerateMojo();
        PluginDescriptor plugin = new PluginDescriptor();
        plugin.setGroupId("io.xceptionc");
        plugin.setArtifactId("xceptionc-maven-plugin");
        set(mojo, "plugin", plugin);
        set(mojo, "project", project);
        set(mojo, "execution", new MojoExecution(new Plugin(), "generate", "default"));
        set(mojo, "session", new MavenSession(null, (RepositorySystemSession) null, new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult()));
        set(mojo, "buildContext", empty());
        set(mojo, "sourceDirectory", folder.resolve("specs").toFile());
        set(mojo, "outputDirectory", folder.resolve("java").toFile());
        set(mojo, "resourceDirectory", folder.resolve("resources").toFile());
        set(mojo, "addCompileSourceRoot", true);
        return mojo;
    }

    @Test
    void eclipseIsToldOfFoldersAndNothingIsTouched() throws Exception {
        mojo().execute();
        assertEquals(List.of(folder.resolve("java").toString()), project.getCompileSourceRoots());
        Path providers = folder.resolve("target/generated-resources/xceptionc-providers");
        assertEquals(List.of(folder.resolve("resources").toString(), providers.toString()),
                project.getResources().stream().map(Resource::getDirectory).toList());
        assertTrue(Files.exists(folder.resolve("java/a/Tiny.java")));
        assertTrue(Files.exists(folder.resolve("resources/a/Tiny.weights")));
        assertEquals("a.TinyModel\n", Files.readString(providers.resolve(ProviderList.FILE)));
        mojo().execute();
        assertEquals(2, project.getResources().size());
    }
}
