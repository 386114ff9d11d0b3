package io.xceptionc.maven;

import io.xceptionc.maven.CompilerAnswer.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Properties;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;

/**
 * The IDE in which Maven runs; on a command line there is none, and nothing comes of it.
 *
 * @param context what Maven hands in; in Eclipse a {@link DefaultBuildContext}, too, which hands everything on to
 *        Eclipse
 * @param userProperties the properties of the session
 * @see <a href="https://www.eclipse.org/m2e/documentation/m2e-making-maven-plugins-compat.html">Making Maven plugins compatible</a>
 */
record Ide(BuildContext context, Properties userProperties) {

    /** The property that Eclipse sets where it runs a plugin itself. */
    private static final String ECLIPSE = "m2e.version";

    /**
     * Whether nothing has changed in these files and folders. So it is, too, while an IDE sets a project up, when it
     * wants to know of folders, but no work to be done.
     */
    boolean spares(Collection<Path> files) {
        return context.isIncremental() && files.stream().noneMatch(file -> context.hasDelta(file.toFile()));
    }

    /** Takes back what was shown of a spec. */
    void clear(Path spec) {
        context.removeMessages(spec.toFile());
    }

    /** Shows a problem at its place. */
    void show(Problem problem) {
        if (context instanceof DefaultBuildContext && !userProperties.containsKey(ECLIPSE)) {
            return; // it would only log what is logged already
        }
        context.addMessage(problem.file().toFile(), problem.line(), problem.column(), problem.text(),
                problem.error() ? BuildContext.SEVERITY_ERROR : BuildContext.SEVERITY_WARNING, null);
    }

    /** Tells of a file that was written or removed. */
    void refresh(Path file) {
        context.refresh(file.toFile());
    }
}
