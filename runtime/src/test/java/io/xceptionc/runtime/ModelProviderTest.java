package io.xceptionc.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelProviderTest {

    @TempDir
    private Path folder;

    /** A provider that opens nothing. */
    public static class Listed implements ModelProvider {
        @Override
        public String name() {
            return "listed";
        }

        @Override
        public CompiledModel open(OpenOptions options) {
            throw new ModelException("not meant to be opened");
        }
    }

    /** A model of the same name. */
    public static final class Other extends Listed {}

    /** Looks for a model where a list of providers is on the class path. */
    private ModelProvider named(String name, String list) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ModelProvider.class.getName()), list, UTF_8);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return ModelProvider.named(name);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void findsTheOneOfAName() throws Exception {
        assertSame(Listed.class, named("listed", Listed.class.getName()).getClass());
    }

    @Test
    void refusesANameThatNoneHasOrSeveralHave() {
        assertEquals("there is no model 'another' on the class path or module path; there are [listed]",
                assertThrows(ModelException.class, () -> named("another", Listed.class.getName())).getMessage());
        assertEquals("there are several models 'listed': " + Listed.class.getName() + ", " + Other.class.getName()
                + "; make an instance of the one that is meant",
                assertThrows(ModelException.class,
                        () -> named("listed", Listed.class.getName() + "\n" + Other.class.getName())).getMessage());
    }

    @Test
    void saysWhatIsDamaged() {
        assertEquals("the models on the class path or module path cannot be looked through:"
                + " io.xceptionc.runtime.ModelProvider: Provider no.Where not found; remove or replace the jar that this"
                + " comes from",
                assertThrows(ModelException.class, () -> named("listed", "no.Where")).getMessage());
    }
}
