package io.xceptionc.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The program serves until it is told to stop, and says what keeps it from serving. */
class MainTest {

    @Test
    void servesUntilItIsTerminated() throws Exception {
        Process process = start(ProcessBuilder.Redirect.INHERIT, "0");
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newHttpClient()) {
            String address = output.readLine();
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/models/xception-shapes/ready")).build();
            assertEquals("{\"name\":\"xception-shapes\",\"ready\":true}",
                    client.send(request, BodyHandlers.ofString()).body());
            process.destroy();
            assertTrue(process.waitFor(600, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String problem = problem(1, Integer.toString(taken.getLocalPort()));
            assertEquals(
                    "cannot listen at 127.0.0.1:" + taken.getLocalPort()
                            + ", which is taken or not allowed; name another port",
                    problem);
        }
    }

    @Test
    void saysThatAHostIsNone() throws Exception {
        assertEquals("cannot listen at no.such.host.invalid:8080, as there is no such host; name another",
                problem(1, "--host", "no.such.host.invalid"));
    }

    @Test
    void saysHowItIsCalled() throws Exception {
        assertEquals("the port must be a whole number from 0 to 65535, not '65536'\n" + ServiceArguments.USAGE,
                problem(2, "65536"));
    }

    private static String problem(int code, String... arguments) throws IOException, InterruptedException {
        Process process = start(ProcessBuilder.Redirect.PIPE, arguments);
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(code, process.waitFor(), text);
        return text.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
    }

    private static Process start(ProcessBuilder.Redirect errors, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors).start();
    }
}
