package io.xceptionc.examples.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the program is called with: a port, and options with a value each. */
final class ServiceArguments {

    /** How the program is called. */
    static final String USAGE = """
            usage: http-service [PORT] [OPTION VALUE]...
              --host ADDRESS          where to listen [127.0.0.1, which is this machine alone]
              --runs N                runs that go on at once, each on one thread [one a processor]
              --waiting N             requests that may wait for a run; further ones are answered 503 [32]
              --patience SECONDS      how long a request may take once it has arrived [30]
              --connections N         connections that are open at once [1000]
              --idle-time SECONDS     how long one may be open between requests [60]
              --header-time SECONDS   how long a request's header may take to arrive [10]
              --body-time SECONDS     how long its body may take [30]
              --answer-time SECONDS   how long a client may take to read an answer [60]
              --body-bytes N          the longest body [16777216]
              --buffered-bytes N      bodies and answers in memory, in bytes [268435456]
              --notice SECONDS        how long it goes on to listen when it is told to end [1]
              --shutdown SECONDS      how long requests under way may take after that [30]
            exit codes: 0 ended by a signal, with all requests answered; 1 cannot listen, or requests were left;
                        2 called wrongly""";

    private final List<String> problems = new ArrayList<>();
    private ServiceOptions service = ServiceOptions.DEFAULT;
    private ClientLimits clients = ClientLimits.DEFAULT;

    private ServiceArguments() {}

    /**
     * The options that are meant.
     *
     * @throws IllegalArgumentException if it cannot be said; the message has a line for each argument that is wrong
     */
    static ServiceOptions parse(String... arguments) {
        ServiceArguments parsed = new ServiceArguments();
        boolean hasPort = arguments.length > 0 && !arguments[0].startsWith("--");
        if (hasPort) {
            parsed.service = parsed.service.withPort(parsed.whole("the port", arguments[0], 0, 65_535));
        }
        for (int i = hasPort ? 1 : 0; i < arguments.length; i += 2) {
            if (i + 1 < arguments.length) {
                parsed.set(arguments[i], arguments[i + 1]);
            } else {
                parsed.problems.add(arguments[i] + " needs a value, and nothing follows it");
            }
        }
        if (parsed.clients.bufferedBytes() < parsed.clients.bodyBytes()) {
            parsed.problems.add("--buffered-bytes must not be less than --body-bytes");
        }
        if (!parsed.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", parsed.problems));
        }
        return parsed.service.withClients(parsed.clients);
    }

    private void set(String name, String value) {
        switch (name) {
            case "--host" -> service = service.withHost(value);
            case "--runs" -> service = service.withQueue(whole(name, value, 1, 10_000), service.waiting());
            case "--waiting" -> service = service.withQueue(service.runs(), whole(name, value, 0, 1_000_000));
            case "--patience" -> service = service.withPatience(time(name, value));
            case "--notice" -> service = service.withNotice(time(name, value));
            case "--shutdown" -> service = service.withShutdown(time(name, value));
            case "--connections" -> clients = clients.withConnections(whole(name, value, 1, 1_000_000));
            case "--idle-time" -> clients = clients.withIdle(time(name, value));
            case "--header-time" -> clients = clients.withHeader(time(name, value));
            case "--body-time" -> clients = clients.withBody(time(name, value));
            case "--answer-time" -> clients = clients.withAnswer(time(name, value));
            case "--body-bytes" -> clients = clients.withBodyBytes(whole(name, value, 1, 1 << 30));
            case "--buffered-bytes" -> clients = clients.withBufferedBytes(bytes(name, value));
            default -> problems.add("there is no option " + name);
        }
    }

    private int whole(String name, String value, int least, int most) {
        if (value.matches("[0-9]{1,9}|1[0-9]{9}") && Integer.parseInt(value) >= least
                && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        problems.add(name + " must be a whole number from " + least + " to " + most + ", not '" + value + "'");
        return least;
    }

    private long bytes(String name, String value) {
        if (value.matches("[0-9]{1,15}")) {
            return Long.parseLong(value);
        }
        problems.add(name + " must be a whole number, not '" + value + "'");
        return Long.MAX_VALUE;
    }

    private Duration time(String name, String value) {
        if (value.matches("[0-9]{1,6}([.][0-9]{1,3})?")) {
            return Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValueExact());
        }
        problems.add(name + " must be a number of seconds, not '" + value + "'");
        return Duration.ZERO;
    }
}
