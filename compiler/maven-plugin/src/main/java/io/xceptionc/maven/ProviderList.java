package io.xceptionc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.DirectoryScanner;

/**
 * The file by which {@code ServiceLoader} finds the models of a project. There is one for all executions of a goal, in
 * a resource folder of its own: of several files of one name Maven would keep only one. So it also lists what the
 * project's own file of this name does, which then is not copied.
 *
 * @param project whose models they are
 * @param resources the project's resources, among which the folder may be
 * @param folder the folder, which holds nothing else
 * @param classes where Maven copies resources to
 */
record ProviderList(MavenProject project, List<Resource> resources, Path folder, Path classes) {

    /** The file's path, in the folder and among the classes. */
    static final Path FILE = Path.of("META-INF", "services", "io.xceptionc.runtime.ModelProvider");

    /** A file of the project itself. */
    private record OwnFile(Resource resource, Path directory, Path inner) {

        private Path file() {
            return directory.resolve(inner);
        }

        /** As a pattern, in which there are only slashes. */
        private String pattern() {
            return inner.toString().replace('\\', '/');
        }
    }

    /**
     * Lists models and what the project itself lists; where there are no models, the project's own file is copied as
     * ever.
     *
     * @param providers the models' classes
     * @return whether the file was written or removed
     */
    boolean update(Collection<String> providers) throws IOException {
        List<OwnFile> candidates = candidates();
        release(candidates);
        List<OwnFile> own = new ArrayList<>(candidates);
        own.removeIf(candidate -> !isCopied(candidate));
        if (providers.isEmpty()) {
            return replace("");
        }
        Set<String> names = new TreeSet<>(providers);
        for (OwnFile each : own) {
            names.addAll(names(each.file()));
        }
        keepFromCopying(own);
        return replace(names.stream().map(name -> name + "\n").collect(Collectors.joining()));
    }

    /** The files that are there, whether they are copied or not. */
    private List<OwnFile> candidates() {
        List<OwnFile> candidates = new ArrayList<>();
        for (Resource resource : resources) {
            Path directory = project.getBasedir().toPath().resolve(resource.getDirectory());
            Path target = Path.of(Optional.ofNullable(resource.getTargetPath()).orElse("")).normalize();
            boolean leadsThere = target.toString().isEmpty() || FILE.startsWith(target);
            if (leadsThere && !directory.equals(folder)) {
                Path inner = target.toString().isEmpty() ? FILE : target.relativize(FILE);
                candidates.add(new OwnFile(resource, directory, inner));
            }
        }
        candidates.removeIf(candidate -> !Files.isRegularFile(candidate.file()));
        return candidates;
    }

    private static boolean isCopied(OwnFile own) {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(own.directory().toFile());
        if (!own.resource().getIncludes().isEmpty()) {
            scanner.setIncludes(own.resource().getIncludes().toArray(String[]::new));
        }
        scanner.setExcludes(own.resource().getExcludes().toArray(String[]::new));
        scanner.scan();
        return List.of(scanner.getIncludedFiles()).contains(own.inner().toString());
    }

    private static List<String> names(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream().map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty()).toList();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not in UTF-8", e);
        }
    }

    private void keepFromCopying(List<OwnFile> own) {
        for (OwnFile each : own) {
            List<String> excludes = new ArrayList<>(each.resource().getExcludes());
            excludes.add(each.pattern());
            each.resource().setExcludes(excludes);
        }
        project.setContextValue(folder.toString(), own.stream().map(OwnFile::file).toList());
    }

    /** Undoes what an execution before this one did. */
    private void release(List<OwnFile> candidates) {
        if (project.getContextValue(folder.toString()) instanceof List<?> kept) {
            candidates.stream().filter(candidate -> kept.contains(candidate.file()))
                    .forEach(candidate -> candidate.resource().removeExclude(candidate.pattern()));
            project.setContextValue(folder.toString(), List.of());
        }
    }

    /** Makes the text the file's, or removes it if there is none; what Maven made of the file before goes, too. */
    private boolean replace(String text) throws IOException {
        Path file = folder.resolve(FILE);
        LastingFile.removeDraft(file);
        byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        if (Arrays.equals(text.getBytes(UTF_8), before)) {
            return false;
        }
        FileTree.remove(classes, FILE);
        if (text.isEmpty()) {
            FileTree.remove(folder, FILE);
        } else {
            LastingFile.write(file, text);
        }
        return true;
    }
}
