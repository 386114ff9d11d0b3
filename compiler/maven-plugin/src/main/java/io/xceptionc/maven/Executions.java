package io.xceptionc.maven;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.PluginExecution;

/**
 * The executions of this plugin that a project has, and the files that hold their states.
 *
 * @param folder the folder of all states
 * @param goal the goal that runs now
 * @param id the execution that runs now, which need not be one of the project's
 * @param ofProject the project's
 */
record Executions(Path folder, String goal, String id, List<PluginExecution> ofProject) {

    Executions {
        ofProject = List.copyOf(ofProject);
    }

    /** The file of an execution; what separates goal and name is in neither. */
    private static String name(String goal, String id) {
        return goal + "@" + URLEncoder.encode(id, StandardCharsets.UTF_8) + ".properties";
    }

    /** Where the state of the execution that runs now is. */
    Path stateFile() {
        return folder.resolve(name(goal, id));
    }

    /** The names of all states that there may be. */
    Set<String> living() {
        Set<String> living = new HashSet<>(Set.of(name(goal, id)));
        ofProject.forEach(other -> other.getGoals().forEach(each -> living.add(name(each, other.getId()))));
        return living;
    }

    /** The classes that open the models of all executions of the goal. */
    Set<String> providers() throws IOException {
        Set<String> providers = new TreeSet<>();
        for (String name : living()) {
            if (name.startsWith(goal + "@")) {
                GenerationState.read(folder.resolve(name)).ifPresent(state -> providers.addAll(state.providers()));
            }
        }
        return providers;
    }
}
