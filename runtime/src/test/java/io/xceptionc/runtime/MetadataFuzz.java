package io.xceptionc.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Fuzzes the readers of what stands beside a generated class: its metadata and its self-test. */
public final class MetadataFuzz {

    private MetadataFuzz() {}

    /** Reads bytes as both. */
    public static void fuzzerTestOneInput(byte[] input) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(input, StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (IllegalArgumentException _) {
            return;
        }
        try {
            ModelMetadata metadata = ModelMetadata.of(properties, List.of());
            if (metadata.storedBytes() < 0) {
                throw new AssertionError("weights of " + metadata.storedBytes() + " bytes");
            }
        } catch (IllegalArgumentException | ModelException _) {
            // What those who open a model take for damage.
        }
        try {
            SelfTest.of(properties);
        } catch (IllegalArgumentException _) {
            // As above.
        }
    }
}
