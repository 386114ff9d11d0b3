package io.xceptionc.examples.http;

import io.xceptionc.runtime.CompiledModel;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An HTTP server that runs models for others. */
final class InferenceService implements AutoCloseable {

    /** Two of the longest answers may be in memory. */
    private static final int ANSWERS = 2;

    private final Map<String, ServedModel> models = new LinkedHashMap<>();
    private final RunQueue queue;
    private final Worker worker;
    private final HttpServer server;
    private volatile boolean ready;

    private InferenceService(ServiceOptions options, List<CompiledModel> opened) {
        opened.forEach(model -> models.put(model.signature().name(), new ServedModel(model)));
        queue = new RunQueue(options.runs(), options.waiting(), options.patience());
        worker = new Worker(queue);
        Routes routes = new Routes(models, options.clients().bufferedBytes() / ANSWERS, () -> ready);
        try {
            server = new HttpServer(options, routes, worker);
        } catch (UncheckedIOException problem) {
            closeModels();
            throw problem;
        }
    }

    /**
     * Starts a service, which owns the models from then on, and which the caller closes.
     *
     * @param models models of different names, best opened for one thread each and warmed up
     * @throws UncheckedIOException if it cannot listen there; the models are then closed
     */
    static InferenceService start(ServiceOptions options, List<CompiledModel> models) {
        InferenceService service = new InferenceService(options, models);
        service.ready = true;
        return service;
    }

    /** The port that it listens at. */
    int port() {
        return server.port();
    }

    /** What all runs go through. */
    RunQueue queue() {
        return queue;
    }

    /** What all connections share. */
    Capacity capacity() {
        return server.capacity();
    }

    /**
     * Tells clients that it ends, then takes no further requests and answers those under way as far as there is time;
     * closes the models.
     *
     * @return whether all were answered
     */
    boolean end() {
        ready = false;
        boolean all = server.drain();
        server.close();
        closeModels();
        return all;
    }

    private void closeModels() {
        worker.close();
        queue.close();
        models.values().forEach(ServedModel::close);
    }

    @Override
    public void close() {
        end();
    }
}
