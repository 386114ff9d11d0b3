package io.xceptionc.compiler.diagnostic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** What the page of codes, {@code codes.md} beside this class, says of each. */
final class Explanations {

    private static final String SECTION = "\n## ";

    private Explanations() {}

    /** The sections of the page by code, each from its heading on, as Markdown. */
    static Map<DiagnosticCode, String> all() {
        Map<DiagnosticCode, String> explanations = new EnumMap<>(DiagnosticCode.class);
        String[] sections = page().split(SECTION);
        for (int i = 1; i < sections.length; i++) {
            String code = sections[i].substring(0, sections[i].indexOf(':'));
            explanations.put(DiagnosticCode.valueOf(code), sections[i].strip() + "\n");
        }
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
