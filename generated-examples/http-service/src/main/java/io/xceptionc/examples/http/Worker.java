package io.xceptionc.examples.http;

import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Works on requests that have arrived as a whole, each on a virtual thread of its own, if they find a place in the
 * queue.
 */
final class Worker implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Worker.class.getName());

    private final RunQueue queue;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param queue where requests get their places */
    Worker(RunQueue queue) {
        this.queue = queue;
    }

    /**
     * Begins to work on a request.
     *
     * @param reply given the answer, once, on any thread
     */
    void begin(Endpoint.Task task, byte[] body, Consumer<Answer> reply) {
        RunQueue.Place place;
        try {
            place = queue.enter();
        } catch (RequestProblem full) {
            reply.accept(full.answer());
            return;
        }
        threads.execute(() -> reply.accept(answer(task, body, place)));
    }

    private static Answer answer(Endpoint.Task task, byte[] body, RunQueue.Place place) {
        try (place) {
            return task.answer(body, place);
        } catch (RequestProblem problem) {
            return problem.answer();
        } catch (RuntimeException | Error failure) { // whatever it is, the client waits for an answer
            LOGGER.log(Level.ERROR, "a request failed", failure);
            return Answer.of(500, Answers.error("the service failed; its log says why"));
        }
    }

    /** Waits until all requests are answered. */
    @Override
    public void close() {
        threads.close();
    }
}
