package io.xceptionc.examples.http;

import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import tools.jackson.core.exc.JacksonIOException;

/** Sends responses, all of them JSON: what is wrong with a request as {@code {"error": message}}. */
final class Responses {

    private static final System.Logger LOGGER = System.getLogger(Responses.class.getName());
    private static final String JSON = "application/json";

    private Responses() {}

    /** Sends an answer. */
    static void send(ServerResponse response, int status, byte[] json) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, JSON).send(json);
    }

    /** Adds what is sent when a handler throws something. */
    static void addErrors(HttpRouting.Builder routing) {
        routing.error(RequestProblem.class, (_, response, problem) -> {
            problem.retrySeconds()
                    .ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, Integer.toString(seconds)));
            send(response, problem.status(), Answers.error(problem.getMessage()));
        });
        routing.error(JacksonIOException.class, Responses::sendSilence);
        routing.error(UncheckedIOException.class, Responses::sendSilence);
        routing.error(InsufficientDataAvailableException.class, Responses::sendSilence);
        routing.error(IllegalStateException.class, Responses::sendFailure);
    }

    private static void sendSilence(ServerRequest request, ServerResponse response, Throwable silence) {
        response.header(HeaderNames.CONNECTION, "close");
        send(response, 408, Answers.error("the request did not arrive as a whole"));
    }

    private static void sendFailure(ServerRequest request, ServerResponse response, Throwable failure) {
        LOGGER.log(Level.ERROR, request.path().path() + " failed", failure);
        send(response, 500, Answers.error("the service failed; its log says why"));
    }

    /** What is sent when the server itself refuses a request, such as one that is too long. */
    static DirectHandlers direct() {
        DirectHandler handler = (_, type, status, headers, message) -> DirectHandler.TransportResponse.builder()
                .status(status).headers(headers).header(HeaderNames.CONTENT_TYPE, JSON).keepAlive(type.keepAlive())
                .entity(Answers.error(message)).build();
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }
}
