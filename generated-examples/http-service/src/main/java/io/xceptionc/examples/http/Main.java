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

/** Serves the generated models until it is stopped. */
public final class Main {

    private static final int INPUT_WRONG = 1;
    private static final int CALL_WRONG = 2;

    private Main() {}

    /** With the port, 8080 if there is none; exits with 1 if it cannot be had, with 2 if it is none. */
    public static void main(String[] arguments) {
        if (arguments.length > 1 || (arguments.length == 1 && !isPort(arguments[0]))) {
            System.err.println("usage: http-service [PORT]");
            System.exit(CALL_WRONG);
        }
        ServiceOptions options = arguments.length == 0
                ? ServiceOptions.DEFAULT
                : ServiceOptions.DEFAULT.withPort(Integer.parseInt(arguments[0]));
        try {
            InferenceService service = InferenceService.start(options, models());
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "shutdown"));
            System.out.println("http://" + options.host() + ":" + service.port() + "/v2");
        } catch (ModelException | UncheckedIOException problem) {
            System.err.println(problem instanceof UncheckedIOException unchecked
                    ? unchecked.getCause().getMessage()
                    : problem.getMessage());
            System.exit(INPUT_WRONG);
        }
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535;
    }

    /** One thread a run: runs of different requests share the processors. */
    private static List<CompiledModel> models() {
        OpenOptions options = OpenOptions.DEFAULT.withThreads(1).withWarmUp(WarmUpTime.BEFORE_OPEN_RETURNS);
        return Stream.<ModelProvider>of(new XceptionShapesModel(), new ExtremeInceptionModel())
                .map(provider -> provider.open(options))
                .toList();
    }
}
