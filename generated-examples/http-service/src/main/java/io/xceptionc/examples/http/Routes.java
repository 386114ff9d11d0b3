package io.xceptionc.examples.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.xceptionc.runtime.Classification;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers requests of the Open Inference Protocol, version 2, and {@code POST /v2/models/NAME/classify} with a picture as body.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">The protocol</a>
 */
final class Routes {

    private static final String NAME = "xceptionc";
    private static final String CLASSIFY = "classify";
    private static final String MODEL = "/v2/models/{name}";
    private static final String VERSION = "/versions/{version}";
    private static final int USUAL_CLASSES = 5;

    private final Map<String, ServedModel> models;
    private final RunQueue queue;
    private final ArrivalTimer arrivals;
    private final long requestBytes;
    private final BooleanSupplier ready;

    /**
     * To some models.
     *
     * @param models the models by their names
     * @param queue what all runs go through
     * @param arrivals what reading a body goes through
     * @param requestBytes the longest body
     * @param ready whether further requests are wanted
     */
    Routes(Map<String, ServedModel> models, RunQueue queue, ArrivalTimer arrivals, long requestBytes,
            BooleanSupplier ready) {
        this.models = Map.copyOf(models);
        this.queue = queue;
        this.arrivals = arrivals;
        this.requestBytes = requestBytes;
        this.ready = ready;
    }

    /** Adds them to a server's. */
    void addTo(HttpRouting.Builder routing) {
        get(routing, "/v2", this::server);
        get(routing, "/v2/", this::server);
        get(routing, "/v2/health/live", (_, response) -> Responses.send(response, 200, Answers.live()));
        get(routing, "/v2/health/ready",
                (_, response) -> Responses.send(response, readyStatus(), Answers.ready(ready.getAsBoolean())));
        for (String version : List.of("", VERSION)) {
            get(routing, MODEL + version, this::model);
            get(routing, MODEL + version + "/ready", this::modelReady);
            post(routing, MODEL + version + "/infer", this::infer);
            post(routing, MODEL + version + "/" + CLASSIFY, this::classify);
        }
        routing.any((request, _) -> {
            throw RequestProblem.missing("there is no " + request.path().path());
        });
    }

    private static void get(HttpRouting.Builder routing, String path, Handler handler) {
        routing.get(path, handler).any(path, only("GET"));
    }

    private static void post(HttpRouting.Builder routing, String path, Handler handler) {
        routing.post(path, handler).any(path, only("POST"));
    }

    private static Handler only(String method) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, method);
            throw RequestProblem.wrongMethod(request.path().path() + " takes " + method + ", not "
                    + request.prologue().method().text());
        };
    }

    private int readyStatus() {
        return ready.getAsBoolean() ? 200 : 503;
    }

    private void server(ServerRequest request, ServerResponse response) {
        String version = Objects.requireNonNullElse(Routes.class.getPackage().getImplementationVersion(), "unpacked");
        Responses.send(response, 200, Answers.server(NAME, version, List.of(CLASSIFY)));
    }

    private void model(ServerRequest request, ServerResponse response) {
        Responses.send(response, 200, Answers.model(named(request).signature(), NAME));
    }

    private void modelReady(ServerRequest request, ServerResponse response) {
        String name = named(request).signature().name();
        Responses.send(response, readyStatus(), Answers.modelReady(name, ready.getAsBoolean()));
    }

    private void infer(ServerRequest request, ServerResponse response) throws IOException {
        ServedModel model = named(request);
        byte[] answer;
        try (RunQueue.Place place = queue.enter()) {
            InferenceRequest inference = arrivals.read(() -> RequestReader.read(body(request)));
            float[] results = model.run(model.images(inference), place);
            answer = Answers.inference(inference, model.signature(), results);
        }
        Responses.send(response, 200, answer);
    }

    private void classify(ServerRequest request, ServerResponse response) throws IOException {
        ServedModel model = named(request);
        int count = count(request);
        List<Classification> classes;
        try (RunQueue.Place place = queue.enter()) {
            byte[] picture = arrivals.read(body(request)::readAllBytes);
            classes = model.classify(picture, count, place);
        }
        Responses.send(response, 200, Answers.classes(model.signature().name(), classes));
    }

    private InputStream body(ServerRequest request) {
        return new BoundedBody(request.content().inputStream(), requestBytes);
    }

    private static int count(ServerRequest request) {
        Optional<String> count = request.query().first("count").asOptional();
        if (count.isPresent() && !count.get().matches("[1-9]\\d{0,5}")) {
            throw RequestProblem.wrong("count must be a number from 1, not '" + count.get() + "'");
        }
        return count.map(Integer::parseInt).orElse(USUAL_CLASSES);
    }

    private ServedModel named(ServerRequest request) {
        String name = request.path().pathParameters().get("name");
        ServedModel model = models.get(name);
        if (model == null) {
            throw RequestProblem.missing("there is no model '" + name + "'; there are " + models.keySet().stream()
                    .sorted().toList());
        }
        request.path().pathParameters().first("version").ifPresent(version -> {
            throw RequestProblem.missing("model '" + name + "' has no versions; leave /versions/" + version + " out");
        });
        return model;
    }
}
