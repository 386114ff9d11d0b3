package io.xceptionc.examples.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.xceptionc.runtime.CompiledModel;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An HTTP server that runs models for others. */
final class InferenceService implements AutoCloseable {

    /**
     * The server cuts the connection of who sends so many times more than allowed; who sends less is told, which needs the body read.
     */
    private static final int CUT_AT = 4;
    /** Kept, as its level is forgotten with it. */
    private static final Logger SERVER_LOGGER = Logger.getLogger("io.helidon");

    /** Tells of a port that is taken by stack traces. */
    private static final Logger START_LOGGER = Logger.getLogger("io.helidon.webserver.LoomServer");

    static {
        SERVER_LOGGER.setLevel(Level.WARNING);
        START_LOGGER.setLevel(Level.OFF);
    }

    private final Map<String, ServedModel> models = new LinkedHashMap<>();
    private final RunQueue queue;
    private final ArrivalTimer arrivals;
    private final WebServer server;
    private volatile boolean ready;

    private InferenceService(ServiceOptions options, List<CompiledModel> opened) {
        opened.forEach(model -> models.put(model.signature().name(), new ServedModel(model)));
        queue = new RunQueue(options.runs(), options.waiting(), options.patience());
        arrivals = new ArrivalTimer(options.arrival());
        HttpRouting.Builder routing = HttpRouting.builder();
        Responses.addErrors(routing);
        new Routes(models, queue, arrivals, options.requestBytes(), () -> ready).addTo(routing);
        server = WebServer.builder().host(options.host()).port(options.port())
                .maxPayloadSize(CUT_AT * options.requestBytes())
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .idleConnectionTimeout(options.arrival()).idleConnectionPeriod(options.arrival())
                .shutdownGracePeriod(options.shutdown()).shutdownHook(false).directHandlers(Responses.direct())
                .addRouting(routing).build();
    }

    /**
     * Starts a service, which owns the models from then on, and which the caller closes.
     *
     * @param models models of different names, best opened for one thread each and warmed up
     * @throws UncheckedIOException if it cannot listen there; the models are then closed
     */
    static InferenceService start(ServiceOptions options, List<CompiledModel> models) {
        InferenceService service = new InferenceService(options, models);
        service.server.start();
        if (!service.server.isRunning()) {
            service.close();
            String address = options.host() + ":" + options.port();
            throw new UncheckedIOException(new BindException(
                    "cannot listen at " + address + ", which is taken or not allowed; name another port"));
        }
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

    /** Takes no further requests, answers those under way as far as there is time, and closes the models. */
    @Override
    public void close() {
        ready = false;
        server.stop();
        arrivals.close();
        queue.close();
        models.values().forEach(ServedModel::close);
    }
}
