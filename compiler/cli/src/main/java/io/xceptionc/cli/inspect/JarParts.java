package io.xceptionc.cli.inspect;

import io.xceptionc.compiler.jar.ModelJar;
import io.xceptionc.runtime.ModelMetadata;
import io.xceptionc.runtime.SelfTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the bytes of a model jar are spent on. */
public final class JarParts {

    /** The part that a jar with a self-test has. */
    static final String SELF_TEST = "self-test";

    private JarParts() {}

    /** The bytes that each kind of entry takes in the jar, those that are there, in a fixed order. */
    public static SequencedMap<String, Long> of(Path jar) throws IOException {
        SequencedMap<String, Long> parts = new LinkedHashMap<>();
        for (String part : new String[] {"weights", "classes", "sources", SELF_TEST, "spec and plan", "the rest"}) {
            parts.put(part, 0L);
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().forEach(entry -> parts.merge(part(entry), entry.getCompressedSize(), Long::sum));
        }
        parts.values().removeIf(bytes -> bytes == 0);
        return parts;
    }

    private static String part(ZipEntry entry) {
        String name = entry.getName();
        if (name.startsWith(ModelJar.SOURCES)) {
            return "sources";
        }
        if (name.equals(ModelJar.SPEC) || name.equals(ModelJar.PLAN) || name.equals(ModelJar.PLAN_JSON)) {
            return "spec and plan";
        }
        if (name.endsWith(SelfTest.SUFFIX)) {
            return SELF_TEST;
        }
        if (name.endsWith(ModelMetadata.CONSTANTS_SUFFIX)) {
            return "weights";
        }
        return name.endsWith(".class") ? "classes" : "the rest";
    }
}
