package io.xceptionc.compiler.diagnostic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the page of codes, {@code codes.md} beside this class, says of each. */
final class Explanations {

    private static final Pattern SECTION = Pattern.compile("\n## ");

    private Explanations() {}

    /** The sections of the page by code, each from its heading on, as Markdown. */
    static Map<DiagnosticCode, String> all() {
        Map<DiagnosticCode, String> explanations = new EnumMap<>(DiagnosticCode.class);
        SECTION.splitAsStream(page()).skip(1).forEach(section -> {
            String code = section.substring(0, section.indexOf(':'));
            explanations.put(DiagnosticCode.valueOf(code), section.strip() + "\n");
        });
        return explanations;
    }

    private static String page() {
        try (InputStream stream = Explanations.class.getResourceAsStream("codes.md")) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
