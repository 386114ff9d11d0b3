package io.xceptionc.examples.http;

import io.xceptionc.runtime.CompiledModel;
import io.xceptionc.runtime.ModelException;
import io.xceptionc.runtime.ModelProvider;
import io.xceptionc.runtime.OpenOptions;
import io.xceptionc.runtime.OpenOptions.WarmUpTime;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import xceptionc.examples.ExtremeInceptionModel;
import xceptionc.examples.XceptionShapesModel;

/**
 * Serves the generated models until it is told to end, by SIGTERM or SIGINT. It then says that it is not ready and
 * closes each connection with an answer, later stops listening, answers what is under way, and exits.
 *
 * <p> There is neither encryption nor authentication: whoever reaches the port may use the models. It listens at this
 * machine's own address for that reason. For others put a reverse proxy in front, such as nginx, HAProxy or Envoy,
 * which has TLS, says who may do what, and bounds what each client may ask; the limits here protect the service, not
 * one client from another behind the same proxy.
 */
public final class Main {

    private static final int ENDED = 0;
    private static final int INPUT_WRONG = 1;
    private static final int CALL_WRONG = 2;

    private Main() {}

    /**
     * With the port, 8080 if there is none, and options, of which {@code --help} tells. Exits with 0 when it was told
     * to end and has answered all requests, with 1 if it cannot listen or had to leave requests unanswered, with 2 if
     * it is called wrongly.
     */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(ServiceArguments.USAGE);
            return;
        }
        ServiceOptions options = ServiceOptions.DEFAULT;
        try {
            options = ServiceArguments.parse(arguments);
        } catch (IllegalArgumentException wrongCall) {
            System.err.println(wrongCall.getMessage() + "\n" + ServiceArguments.USAGE);
            System.exit(CALL_WRONG);
        }
        try {
            serve(options);
        } catch (ModelException | UncheckedIOException problem) {
            System.err.println(problem instanceof UncheckedIOException unchecked
                    ? unchecked.getCause().getMessage()
                    : problem.getMessage());
            System.exit(INPUT_WRONG);
        }
    }

    private static void serve(ServiceOptions options) {
        InferenceService service = InferenceService.start(options, models());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service), "shutdown"));
        System.out.println("http://" + options.address(service.port()) + "/v2");
    }

    /** Exits by itself: after a signal, the JVM would say that it was killed. */
    private static void end(InferenceService service) {
        boolean all = service.end();
        System.out.flush();
        Runtime.getRuntime().halt(all ? ENDED : INPUT_WRONG);
    }

    /** One thread a run: runs of different requests share the processors. */
    private static List<CompiledModel> models() {
        OpenOptions options = OpenOptions.DEFAULT.withThreads(1).withWarmUp(WarmUpTime.BEFORE_OPEN_RETURNS);
        return Stream.<ModelProvider>of(new XceptionShapesModel(), new ExtremeInceptionModel())
                .map(provider -> provider.open(options))
                .toList();
    }
}
