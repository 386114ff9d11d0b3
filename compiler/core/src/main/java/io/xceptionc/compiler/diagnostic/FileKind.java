package io.xceptionc.compiler.diagnostic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file is that was given for another, as far as its first bytes tell; for messages only. */
public enum FileKind {
    /** Model jars among them. */
    ZIP("a zip archive or jar", "PK\3\4"),
    /** Weights of Keras. */
    HDF5("an HDF5 file", "\211HDF\r\n\32\n"),
    /** Older weights of PyTorch. */
    PICKLE("a Python pickle", "\200\2"),
    /** A picture. */
    PNG("a PNG picture", "\211PNG\r\n"),
    /** A picture. */
    JPEG("a JPEG picture", "\377\330\377"),
    /** A picture. */
    GIF("a GIF picture", "GIF8"),
    /** A document. */
    PDF("a PDF document", "%PDF"),
    /** An array of NumPy. */
    NPY("a NumPy array", "\223NUMPY"),
    /** The header's length, then the header; told by that, not by a signature. */
    SAFETENSORS("a safetensors file", "");

    /** How many bytes are enough to tell. */
    public static final int BYTES = 9;

    private final String label;
    private final String signature;

    FileKind(String label, String signature) {
        this.label = label;
        this.signature = signature;
    }

    /** A few words for messages. */
    public String label() {
        return label;
    }

    /** The kind of a file that begins with some bytes, of which {@link #BYTES} matter. */
    public static Optional<FileKind> of(byte[] beginning) {
        String text = new String(beginning, 0, Math.min(beginning.length, BYTES), StandardCharsets.ISO_8859_1);
        if (text.length() == BYTES && text.charAt(BYTES - 1) == '{' && text.startsWith("\0\0\0\0", BYTES - 5)) {
            return Optional.of(SAFETENSORS);
        }
        return Arrays.stream(values()).filter(kind -> kind != SAFETENSORS && text.startsWith(kind.signature))
                .findFirst();
    }
}
