package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.maven.CompilerAnswer.Problem;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;
import org.junit.jupiter.api.Test;

class IdeTest {

    private static final Path SPEC = Path.of("/project/src/main/xceptionc/tiny.yaml").toAbsolutePath();
    private static final Problem PROBLEM =
            new Problem(true, "E107", SPEC, 4, 7, "there is no 'x'", "did you mean 'y'?");

    private final Properties userProperties = new Properties();
    private final List<String> calls = new ArrayList<>();

    /**
     * What Eclipse hands in where it has a context of its own: one of these changes, or none while it sets a project
     * up.
     */
    private org.sonatype.plexus.build.incremental.BuildContext eclipse(boolean incremental, Set<Path> changes) {
        return (org.sonatype.plexus.build.incremental.BuildContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {org.sonatype.plexus.build.incremental.BuildContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isIncremental" -> incremental;
                    case "hasDelta" -> !incremental || changes.contains(((File) arguments[0]).toPath());
                    default -> {
                        calls.add(method.getName() + Arrays.toString(arguments));
                        yield null;
                    }
                });
    }

    /** As it is on a command line. */
    private static BuildContext commandLine() {
        return new DefaultBuildContext(new org.sonatype.plexus.build.incremental.DefaultBuildContext());
    }

    private Ide ide(boolean incremental, Path... changes) {
        return new Ide(new DefaultBuildContext(eclipse(incremental, Set.of(changes))), userProperties);
    }

    @Test
    void onlyAnIncrementalBuildThatTouchesNothingIsSpared() {
        List<Path> files = List.of(SPEC, SPEC.resolveSibling("tiny.safetensors"));
        assertFalse(new Ide(commandLine(), userProperties).spares(files));
        assertFalse(ide(false).spares(files));
        assertFalse(ide(true, files.get(1)).spares(files));
        assertTrue(ide(true, SPEC.resolveSibling("Other.java")).spares(files));
        assertTrue(ide(true).spares(files)); // it sets a project up
    }

    /** Eclipse has a context of the old API, so that Maven hands in the default one, which stands before it. */
    @Test
    void problemsReachEclipseThroughTheDefaultContext() {
        ide(true, SPEC).show(PROBLEM);
        assertEquals(List.of(), calls);
        userProperties.setProperty("m2e.version", "2.8.0");
        Ide ide = ide(true, SPEC);
        ide.clear(SPEC);
        ide.show(PROBLEM);
        ide.refresh(SPEC);
        assertEquals(List.of("removeMessages[" + SPEC + "]",
                "addMessage[" + SPEC + ", 4, 7, there is no 'x' [E107]; did you mean 'y'?, 2, null]",
                "refresh[" + SPEC + "]"), calls);
    }
}
