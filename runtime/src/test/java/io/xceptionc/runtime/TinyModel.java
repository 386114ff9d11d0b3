package io.xceptionc.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xceptionc.runtime.kernel.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;

/** {@link TinyNetwork} with files beside it that are in memory, and can be spoilt. */
final class TinyModel extends ClassLoader {

    /** 3 as a float, little-endian. */
    static final byte[] WEIGHTS = {0, 0, 0x40, 0x40};

    /** As {@code printf '\0\0\x40\x40' | sha256sum} has it. */
    private static final String DIGEST = "ea2845900b5856c9bf354b1aa9761b5aa6888e5ed61738fe9579ca42bc0f6054";

    static final String METADATA = """
            name = tiny
            batch = 1
            input = 1
            output = 1
            steps = 1
            step.0 = scale scale 1 12 scale
            constants.bytes = 4
            constants.sha256 = %s
            """.formatted(DIGEST);

    private final Map<String, InputStream> files = new HashMap<>();

    /** With the metadata and the weights. */
    TinyModel(String metadata, InputStream weights) {
        super(TinyModel.class.getClassLoader());
        files.put(".properties", new ByteArrayInputStream(metadata.getBytes(UTF_8)));
        files.put(".labels", InputStream.nullInputStream());
        files.put(".weights", weights);
    }

    /** An intact one. */
    static TinyModel intact() {
        return new TinyModel(METADATA, new ByteArrayInputStream(WEIGHTS));
    }

    /** The class, defined by this loader, so that its files are those of this one. */
    Class<? extends Network> generated() {
        String name = TinyNetwork.class.getName();
        try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = code.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length).asSubclass(Network.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        return files.get(name.substring(name.lastIndexOf('.')));
    }

    @Override
    public URL getResource(String name) {
        return null;
    }
}
