package io.xceptionc.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line came to, run in this process.
 *
 * @param status its exit code
 * @param out what it answered
 * @param err its messages
 */
public record Invocation(int status, String out, String err) {

    /** Runs a command line. */
    public static Invocation of(Object... words) {
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Invocation(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same, with every time and with a folder by another name. */
    public Invocation without(Object folder) {
        return new Invocation(status, anonymous(out, folder), anonymous(err, folder));
    }

    private static String anonymous(String text, Object folder) {
        return text.replace(folder + "/", "").replaceAll("\\b[0-9]+\\.[0-9] s\\b", "# s")
                .replaceAll(" +[0-9]+\\.[0-9]{2} ms\\b", " # ms").replaceAll(" +time\\n", " time\n");
    }
}
