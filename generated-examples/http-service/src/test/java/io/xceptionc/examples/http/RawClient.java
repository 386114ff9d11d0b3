package io.xceptionc.examples.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends any bytes, and takes what comes back apart. */
final class RawClient implements AutoCloseable {

    static final String LIVE = "GET /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final int PATIENCE_MILLIS = 300_000;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

    private final Socket socket;
    private String unread = "";

    RawClient(InferenceService service) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** An answer: its status, its header with the line above, and its body. */
    record RawAnswer(int status, String header, String body) {
        @Override
        public String toString() {
            return body.isEmpty() ? Integer.toString(status) : status + " " + body;
        }

        boolean closes() {
            return header.contains("\r\nconnection: close\r\n");
        }
    }

    /** Sends Latin-1. */
    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a byte now and then until an answer comes or the connection is closed. */
    void dripUntilAnswered() throws IOException, InterruptedException {
        while (socket.getInputStream().available() == 0) {
            socket.getOutputStream().write('a');
            Thread.sleep(5);
        }
    }

    /** Sends no more, but reads on. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer, while the connection stays open. */
    RawAnswer answer() throws IOException {
        return answer(true);
    }

    /** The next answer, which has no body whatever its header says. */
    RawAnswer answerToHead() throws IOException {
        return answer(false);
    }

    private RawAnswer answer(boolean hasBody) throws IOException {
        int end = unread.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(unread.substring(0, end < 0 ? 0 : end + 2));
        int total = end + 4 + (hasBody && length.find() ? Integer.parseInt(length.group(1)) : 0);
        if (end >= 0 && unread.length() >= total) {
            RawAnswer answer = new RawAnswer(Integer.parseInt(unread.substring(9, 12)), unread.substring(0, end + 2),
                    unread.substring(end + 4, total));
            unread = unread.substring(total);
            return answer;
        }
        byte[] bytes = new byte[65_536];
        int count = socket.getInputStream().read(bytes);
        if (count < 0) {
            throw new IOException("closed after: " + unread);
        }
        unread += new String(bytes, 0, count, StandardCharsets.UTF_8);
        return answer(hasBody);
    }

    /** All answers until the connection is closed. */
    List<RawAnswer> allAnswers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(bytes);
        unread += bytes.toString(StandardCharsets.UTF_8);
        List<RawAnswer> answers = new ArrayList<>();
        while (!unread.isEmpty()) {
            answers.add(answer());
        }
        return answers;
    }

    /** The text of the answer, of which there must be one, with which the connection is closed. */
    String onlyAnswer() throws IOException {
        List<RawAnswer> answers = allAnswers();
        if (answers.size() != 1 || !answers.getFirst().closes()) {
            throw new AssertionError("not one answer that closes the connection: " + answers);
        }
        return answers.getFirst().toString();
    }

    /** Waits until the connection is closed without a word. */
    boolean isClosedSilently() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /** Whether the connection is closed already. */
    boolean isClosedByNow() {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
