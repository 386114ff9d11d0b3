package io.xceptionc.examples.http;

import io.xceptionc.runtime.ClassMap;
import io.xceptionc.runtime.Classification;
import io.xceptionc.runtime.ModelOutput;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Answers requests of the Open Inference Protocol, version 2, and {@code POST /v2/models/NAME/classify}, {@code
 * segment} and {@code mask} with a picture as body.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">The protocol</a>
 */
final class Routes {

    private static final String NAME = "xceptionc";
    private static final String CLASSIFY = "classify";
    private static final String SEGMENT = "segment";
    private static final String MASK = "mask";
    private static final List<String> EXTENSIONS = List.of(CLASSIFY, SEGMENT, MASK);
    private static final int USUAL_CLASSES = 5;
    private static final String GET = "GET, HEAD, OPTIONS";
    private static final String POST = "POST, OPTIONS";
    private static final int MOST_CHARACTERS = 16;

    private final Map<String, ServedModel> models;
    private final long answerBytes;
    private final BooleanSupplier ready;
    private final Map<List<String>, Endpoint> fixed;

    /**
     * To some models.
     *
     * @param models the models by their names
     * @param answerBytes the longest answer
     * @param ready whether further requests are wanted
     */
    Routes(Map<String, ServedModel> models, long answerBytes, BooleanSupplier ready) {
        this.models = Map.copyOf(models);
        this.answerBytes = answerBytes;
        this.ready = ready;
        Endpoint.Lookup server = Routes::server;
        Endpoint.Lookup live = () -> Answer.of(200, Answers.live());
        Endpoint.Lookup isReady = () -> Answer.of(readyStatus(), Answers.ready(ready.getAsBoolean()));
        fixed = Map.of(List.of("v2"), server, List.of("v2", ""), server, List.of("v2", "health", "live"), live,
                List.of("v2", "health", "ready"), isReady);
    }

    /**
     * What answers a request.
     *
     * @throws RequestProblem if nothing does
     */
    Endpoint endpoint(String method, String target) {
        if (method.equals("OPTIONS") && target.equals("*")) {
            return options("GET, HEAD, POST, OPTIONS");
        }
        RequestTarget asked = RequestTarget.parse(target);
        Endpoint constant = fixed.get(asked.path());
        if (constant != null) {
            return allowed(GET, method, asked).orElse(constant);
        }
        return ofModel(method, asked);
    }

    private Endpoint ofModel(String method, RequestTarget asked) {
        List<String> path = asked.path();
        if (path.size() < 3 || !path.subList(0, 2).equals(List.of("v2", "models"))) {
            throw missing(asked);
        }
        boolean hasVersion = path.size() > 4 && path.get(3).equals("versions");
        List<String> rest = path.subList(hasVersion ? 5 : 3, path.size());
        String verb = String.join("/", rest);
        boolean isPost = rest.size() == 1 && (verb.equals("infer") || EXTENSIONS.contains(verb));
        if (!isPost && !rest.isEmpty() && !rest.equals(List.of("ready"))) {
            throw missing(asked);
        }
        Optional<Endpoint> options = allowed(isPost ? POST : GET, method, asked);
        if (options.isPresent()) {
            return options.get();
        }
        ServedModel model = named(path.get(2), hasVersion ? Optional.of(path.get(4)) : Optional.empty());
        return switch (verb) {
            case "infer" -> infer(model);
            case CLASSIFY -> classify(model, asked.parameter("output"), count(asked));
            case SEGMENT -> segment(model, asked.parameter("output"));
            case MASK -> mask(model, asked.parameter("output"));
            case "ready" -> modelReady(model);
            default -> (Endpoint.Lookup) () -> Answer.of(200, Answers.model(model.signature(), NAME));
        };
    }

    private static RequestProblem missing(RequestTarget asked) {
        return RequestProblem.missing("there is no " + asked.pathText());
    }

    /** What answers a request for the methods of a path; nothing if the request is of one of these itself. */
    private static Optional<Endpoint> allowed(String methods, String method, RequestTarget asked) {
        if (method.equals("OPTIONS")) {
            return Optional.of(options(methods));
        }
        if (!List.of(methods.split(", ")).contains(method)) {
            throw RequestProblem.wrongMethod(
                    asked.pathText() + " takes " + methods.substring(0, methods.indexOf(',')) + ", not " + method,
                    methods);
        }
        return Optional.empty();
    }

    private static Endpoint.Lookup options(String methods) {
        return () -> new Answer(204, Map.of("Allow", methods), new byte[0]);
    }

    private int readyStatus() {
        return ready.getAsBoolean() ? 200 : 503;
    }

    private static Answer server() {
        String version = Objects.requireNonNullElse(Routes.class.getPackage().getImplementationVersion(), "unpacked");
        return Answer.of(200, Answers.server(NAME, version, EXTENSIONS));
    }

    private Endpoint.Lookup modelReady(ServedModel model) {
        return () -> Answer.of(readyStatus(),
                Answers.modelReady(model.signature().name(), ready.getAsBoolean()));
    }

    private Endpoint.Task infer(ServedModel model) {
        return (body, place) -> {
            InferenceRequest inference = place.run(() -> RequestReader.read(body));
            float[] images = model.images(inference);
            List<ModelOutput> outputs = model.outputs(inference);
            requireFit(outputs, images.length / model.signature().inputLength());
            return Answer.of(200,
                    Answers.inference(inference, model.signature(), model.run(images, outputs, place)));
        };
    }

    private void requireFit(List<ModelOutput> outputs, int images) {
        long values = images * outputs.stream().mapToLong(ModelOutput::length).sum();
        if (values * MOST_CHARACTERS > answerBytes) {
            throw RequestProblem.tooLong("the answer would have " + values + " values, and may have "
                    + answerBytes / MOST_CHARACTERS + "; send fewer images");
        }
    }

    private static Endpoint.Task classify(ServedModel model, Optional<String> output, int count) {
        return (body, place) -> {
            List<Classification> classes = model.classify(body, output, count, place);
            return Answer.of(200, Answers.classes(model.signature().name(), classes));
        };
    }

    private static Endpoint.Task segment(ServedModel model, Optional<String> output) {
        return (body, place) -> Answer.of(200, Answers.shares(model.signature().name(),
                model.segment(body, output, place)));
    }

    private static Endpoint.Task mask(ServedModel model, Optional<String> output) {
        return (body, place) -> {
            ClassMap map = model.segment(body, output, place);
            return Answer.ofPng(place.run(() -> PictureWriter.png(map.toImage())));
        };
    }

    private static int count(RequestTarget asked) {
        Optional<String> count = asked.parameter("count");
        if (count.isPresent() && !count.get().matches("[1-9][0-9]{0,5}")) {
            throw RequestProblem.wrong("count must be a number from 1, not '" + count.get() + "'");
        }
        return count.map(Integer::parseInt).orElse(USUAL_CLASSES);
    }

    private ServedModel named(String name, Optional<String> version) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw RequestProblem.missing("there is no model '" + name + "'; there are " + models.keySet().stream()
                    .sorted().toList());
        }
        version.ifPresent(named -> {
            throw RequestProblem.missing("model '" + name + "' has no versions; leave /versions/" + named + " out");
        });
        return model;
    }
}
