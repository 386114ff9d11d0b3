package io.xceptionc.examples.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a request's line asks for.
 *
 * @param path the path's segments, decoded: those of {@code /v2/} are {@code v2} and an empty one
 * @param query what stands behind the question mark, as it was sent
 */
record RequestTarget(List<String> path, String query) {

    private static final String ABSOLUTE = "(?i)https?://[^/?@]+(?=[/?]|$)";

    RequestTarget {
        path = List.copyOf(path);
    }

    /**
     * Reads the target of any request but {@code OPTIONS *}, in origin-form or absolute-form.
     *
     * @throws RequestProblem if it is none
     */
    static RequestTarget parse(String target) {
        if (!target.chars().allMatch(character -> character > ' ' && character < 0x7f && character != '#')) {
            throw RequestProblem.wrong("the request's target has characters that none may have; encode them by %");
        }
        String origin = target.replaceFirst(ABSOLUTE, "");
        if (origin.length() < target.length() && !origin.startsWith("/")) {
            origin = "/" + origin;
        }
        if (!origin.startsWith("/")) {
            throw RequestProblem.wrong("the request's target must be a path, such as /v2");
        }
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        return new RequestTarget(Arrays.stream(path.substring(1).split("/", -1)).map(RequestTarget::decode).toList(),
                mark < 0 ? "" : origin.substring(mark + 1));
    }

    /** The path as text. */
    String pathText() {
        return "/" + String.join("/", path);
    }

    /**
     * The first value of a parameter.
     *
     * @throws RequestProblem if it is malformed
     */
    Optional<String> parameter(String name) {
        return Arrays.stream(query.split("&")).filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decode(pair.substring(name.length() + 1))).findFirst();
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (character == '%') {
                bytes.write(16 * hexDigit(encoded, i + 1) + hexDigit(encoded, i + 2));
                i += 2;
            } else {
                bytes.write(character);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            throw malformed();
        }
    }

    private static int hexDigit(String encoded, int position) {
        int digit = position < encoded.length() ? Character.digit(encoded.charAt(position), 16) : -1;
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    private static RequestProblem malformed() {
        return RequestProblem.wrong("the request's target is no UTF-8 that is encoded by %");
    }
}
