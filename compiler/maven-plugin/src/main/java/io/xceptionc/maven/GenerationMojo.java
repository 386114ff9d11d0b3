package io.xceptionc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.artifact.ArtifactUtils;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What generating for a program and for its tests have in common. */
abstract class GenerationMojo extends SpecMojo {

    /** The Java package of all generated classes; one named after each model if absent. */
    @Parameter
    private String packageName;

    /**
     * Weights files by the names of specs, without folder and ending. For {@code NAME.yaml} that is not named here,
     * {@code NAME.safetensors} is taken if there is one, and else weights are drawn.
     */
    @Parameter
    private Map<String, String> weights = Map.of();

    /**
     * Where {@code NAME.safetensors} are looked for, and must be unless there is a seed; beside each spec if absent.
     */
    @Parameter
    private File weightsDirectory;

    /**
     * Whose names, layouts and epsilon the weights have: {@code keras}, {@code pytorch}, {@code timm}, or {@code auto},
     * which tells it from each file. Models that differ in this, or in {@code match}, need executions of their own.
     */
    @Parameter
    private String profile;

    /**
     * How tensors find their layers: by {@code name}, by {@code order} and shape, or {@code auto}, as it suits each
     * file.
     */
    @Parameter
    private String match;

    /** What weights are drawn from for specs that have none; 0 if absent. */
    @Parameter
    private Long seed;

    /** How many images a run takes. */
    @Parameter(defaultValue = "1")
    private int batch;

    /**
     * The most bytes that the values of a session may take; a model that needs more fails the build. No bound if
     * absent.
     */
    @Parameter(property = "xceptionc.memoryBudget")
    private Long memoryBudget;

    /** Whether Maven compiles the generated sources, and lists the models for {@code ModelProvider} to find them. */
    @Parameter(defaultValue = "true")
    private boolean addCompileSourceRoot;

    /** Made by Maven, which sets the parameters. */
    GenerationMojo() {}

    abstract GenerationFolders folders();

    abstract void addSources(Path folder);

    abstract List<Resource> resources();

    abstract void addResource(Resource resource);

    abstract void check(ProjectRequirements requirements) throws MojoFailureException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        GenerationFolders folders = folders();
        try {
            if (isSkipped()) {
                getLog().info("skipped");
            } else {
                generate(folders);
            }
            if (new ProviderList(project(), resources(), folders.providers(), folders.classes())
                    .update(executions().providers())) {
                ide().refresh(folders.providers().resolve(ProviderList.FILE));
            }
        } catch (IOException e) {
            throw new MojoExecutionException(e.toString(), e);
        }
        if (addCompileSourceRoot) {
            addSources(folders.sources());
        }
        addResources(folders.resources());
        addResources(folders.providers());
    }

    private void addResources(Path folder) {
        if (resources().stream().noneMatch(there -> there.getDirectory().equals(folder.toString()))) {
            Resource resource = new Resource();
            resource.setDirectory(folder.toString());
            resource.setFiltering(false);
            addResource(resource);
        }
    }

    private Executions executions() {
        Plugin own = project().getPlugin(plugin().getPluginLookupKey());
        return new Executions(Path.of(project().getBuild().getDirectory(), "xceptionc"), execution().getGoal(),
                execution().getExecutionId(), own == null ? List.of() : own.getExecutions());
    }

    private void generate(GenerationFolders folders) throws IOException, MojoExecutionException, MojoFailureException {
        Path stateFile = executions().stateFile();
        GenerationState before =
                GenerationState.read(stateFile).orElseGet(() -> GenerationState.nothing(folders));
        if (ide().spares(inputs(folders, before))) {
            return;
        }
        List<Path> specs = specs(folders.specs().toFile());
        if (specs.isEmpty()) {
            getLog().info("there are no specs in " + folders.specs());
            if (before.outputs().isEmpty()) {
                return;
            }
        } else {
            check(new ProjectRequirements(project(), session().getUserProperties(), plugin().getVersion()));
        }
        Properties request = request(specs, folders);
        String configuration = FileDigests.ofText(GenerationState.text(request) + toolDigest() + addCompileSourceRoot);
        if (before.isUpToDate(configuration)) {
            getLog().info(count(specs.size(), "model") + " up to date");
            removeStale(folders, before, before);
            return;
        }
        generate(folders, specs, request, configuration, stateFile, before);
    }

    private void generate(GenerationFolders folders, List<Path> specs, Properties request, String configuration,
            Path stateFile, GenerationState before) throws IOException, MojoExecutionException, MojoFailureException {
        long start = System.currentTimeMillis();
        CompilerAnswer answer = specs.isEmpty() ? new CompilerAnswer() : ask(specs, request);
        GenerationState now = state(folders, answer, configuration, start);
        if (answer.errorCount() > 0) {
            now.unfinished(before).write(stateFile);
            requireNoErrors(answer);
        }
        finish(folders, answer, before, now);
        now.write(stateFile);
    }

    /** All whose change may change what is generated, and the folders of that. */
    private Set<Path> inputs(GenerationFolders folders, GenerationState before) {
        Set<Path> inputs = new HashSet<>(before.inputs().files());
        inputs.addAll(
                List.of(folders.specs(), folders.sources(), folders.resources(), project().getFile().toPath()));
        weights.values().forEach(file -> inputs.add(project().getBasedir().toPath().resolve(file)));
        Optional.ofNullable(weightsDirectory).map(File::toPath).ifPresent(inputs::add);
        return inputs;
    }

    private Properties request(List<Path> specs, GenerationFolders folders) throws MojoFailureException {
        Path base = project().getBasedir().toPath();
        WeightsFiles files = new WeightsFiles(base, weights, Optional.ofNullable(weightsDirectory).map(File::toPath));
        files.requireNamed(specs);
        Properties request = new Properties();
        request.setProperty("sources", folders.sources().toString());
        request.setProperty("resources", folders.resources().toString());
        int index = 0;
        for (Path spec : specs) {
            ask(request, index + ".", spec, files.of(spec, folders.specs(), seed != null));
            index++;
        }
        return request;
    }

    private void ask(Properties request, String prefix, Path spec, Optional<Path> file) {
        request.setProperty(prefix + "spec", spec.toString());
        request.setProperty(prefix + "batch", Integer.toString(batch));
        set(request, prefix + "package", packageName);
        set(request, prefix + "memoryBudget", memoryBudget);
        set(request, prefix + "weights", file.orElse(null));
        set(request, prefix + "profile", file.isPresent() ? profile : null);
        set(request, prefix + "match", file.isPresent() ? match : null);
        set(request, prefix + "seed", file.isPresent() ? null : seed);
        if (file.isEmpty() && seed == null) {
            getLog().warn(spec + ": there are no weights beside it, so they are drawn from seed 0, and its answers mean"
                    + " nothing; name them in <weights>, or set <seed>");
        }
    }

    private static void set(Properties request, String key, Object value) {
        if (value != null) {
            request.setProperty(key, value.toString());
        }
    }

    /** This version's name; while it is under development, the compiler itself, too. */
    private String toolDigest() throws IOException, MojoExecutionException {
        StringBuilder tool = new StringBuilder(plugin().getVersion());
        if (ArtifactUtils.isSnapshot(plugin().getVersion())) {
            for (Path path : compilerClassPath()) {
                tool.append('\n').append(FileDigests.of(path));
            }
        }
        return tool.toString();
    }

    /** What there is now; if an input changed meanwhile, the next build must look again. */
    private GenerationState state(GenerationFolders folders, CompilerAnswer answer, String configuration, long start)
            throws IOException {
        boolean settled = true;
        for (Path input : answer.inputs()) {
            settled &= Files.getLastModifiedTime(input).toMillis() < start;
        }
        return new GenerationState(settled ? configuration : "",
                addCompileSourceRoot ? Set.copyOf(answer.providers()) : Set.of(),
                FileTree.of(folders.specs(), answer.inputs()),
                FileTree.of(folders.sources(), answer.sources().keySet()),
                FileTree.of(folders.resources(), answer.resources().keySet()));
    }

    private void finish(GenerationFolders folders, CompilerAnswer answer, GenerationState before, GenerationState now)
            throws IOException {
        Set<Path> removed = removeStale(folders, before, now);
        Set<Path> changed = new HashSet<>();
        answer.sources().forEach((file, written) -> changed.addAll(written ? Set.of(file) : Set.of()));
        answer.resources().forEach((file, written) -> changed.addAll(written ? Set.of(file) : Set.of()));
        changed.forEach(ide()::refresh);
        getLog().info("generated " + count(answer.models().size(), "model") + ": "
                + count(changed.size(), "file") + " written, "
                + count(removed.size(), "file") + " removed, "
                + (now.outputs().size() - changed.size())
                + " unchanged");
        answer.models().forEach(model -> getLog().debug("generated " + model));
    }

    private Set<Path> removeStale(GenerationFolders folders, GenerationState before, GenerationState now)
            throws IOException {
        Executions executions = executions();
        Set<Path> removed =
                new StaleFiles(executions.folder(), executions.living(), folders.classes()).remove(before, now);
        removed.forEach(ide()::refresh);
        return removed;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
