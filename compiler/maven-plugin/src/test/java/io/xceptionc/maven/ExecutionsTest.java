package io.xceptionc.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.PluginExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionsTest {

    @TempDir
    private Path folder;

    private static PluginExecution execution(String id, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        List.of(goals).forEach(execution::addGoal);
        return execution;
    }

    private Executions executions(String goal, String id, PluginExecution... ofProject) {
        return new Executions(folder, goal, id, List.of(ofProject));
    }

    private void leave(String goal, String id, String... providers) throws IOException {
        FileTree none = FileTree.of(folder, List.of());
        new GenerationState("x", Set.of(providers), none, none, none).write(executions(goal, id).stateFile());
    }

    @Test
    void modelsOfAllExecutionsOfAGoalAreFound() throws IOException {
        leave("generate", "a", "a.A");
        leave("generate", "b / c", "b.B", "b.C");
        leave("generate", "gone", "gone.Gone");
        leave("generate", "of tests now", "gone.Moved");
        leave("generate-test", "test", "test.Test");
        PluginExecution[] ofProject = {execution("a", "check", "generate"), execution("b / c", "generate"),
            execution("test", "generate-test"), execution("of tests now", "generate-test"),
            execution("not yet", "generate")};
        assertEquals(Set.of("a.A", "b.B", "b.C"), executions("generate", "a", ofProject).providers());
        assertEquals(Set.of("test.Test"), executions("generate-test", "test", ofProject).providers());
    }

    @Test
    void anExecutionOfTheCommandLineLivesWhileItRuns() throws IOException {
        leave("generate", "default-cli", "a.A");
        assertEquals(Set.of("a.A"), executions("generate", "default-cli").providers());
        assertEquals(Set.of(), executions("generate", "other").providers());
    }

    @Test
    void noTwoExecutionsHaveOneState() {
        assertNotEquals(executions("generate", "test-a").stateFile(), executions("generate-test", "a").stateFile());
        assertEquals(Set.of("generate@a%40b%2Fc.properties", "check@a%40b%2Fc.properties"),
                executions("generate", "a@b/c", execution("a@b/c", "generate", "check")).living());
    }
}
