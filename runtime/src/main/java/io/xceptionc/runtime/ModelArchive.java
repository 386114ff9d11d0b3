package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;

/** Opens a model jar: the class that its manifest names, from that file alone. */
final class ModelArchive {

    private static final long LARGEST_CODE = 1 << 27;
    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    private ModelArchive() {}

    static CompiledModel open(Path jar, OpenOptions options) {
        String className = generatedClassName(jar);
        URLClassLoader loader = new URLClassLoader("model " + jar.getFileName(), new URL[] {url(jar)},
                ModelArchive.class.getClassLoader());
        boolean opened = false;
        try {
            CompiledModel model =
                    ModelResources.open(generatedClass(jar, className, loader), options, Arena::ofShared,
                            () -> close(loader));
            opened = true;
            return model;
        } finally {
            if (!opened) {
                close(loader);
            }
        }
    }

    private static String generatedClassName(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new ModelException(
                    jar + (Files.isDirectory(jar) ? " is a folder, not a model jar" : ": no such file"));
        }
        requireJar(jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(ModelMetadata.MANIFEST_ATTRIBUTE);
            if (name == null) {
                throw new ModelException(
                        jar + " is no model jar: its manifest has no " + ModelMetadata.MANIFEST_ATTRIBUTE
                                + "; make one with 'xceptionc compile SPEC -o " + jar.getFileName() + "'");
            }
            requireIntact(file, name.replace('.', '/'));
            return name;
        } catch (IOException e) {
            throw new ModelException(jar + " is no readable jar file: " + e.getMessage()
                    + "; copy it again, or compile the model again", e);
        }
    }

    /** Tells other files from damaged jars. */
    private static void requireJar(Path jar) {
        byte[] beginning;
        try (InputStream stream = Files.newInputStream(jar)) {
            beginning = stream.readNBytes(SIGNATURE.length);
        } catch (IOException e) {
            throw new ModelException(jar + " cannot be read; check its permissions", e);
        }
        if (!Arrays.equals(beginning, SIGNATURE)) {
            throw new ModelException(jar + " is no jar file; 'xceptionc compile SPEC -o MODEL.jar' makes a model jar");
        }
    }

    /** Checks the generated classes and what is beside them but for the weights, which have a digest of their own. */
    private static void requireIntact(JarFile file, String prefix) throws IOException {
        byte[] chunk = new byte[1 << 14];
        long inflated = 0;
        for (JarEntry entry : Collections.list(file.entries())) {
            if (!entry.getName().startsWith(prefix) || entry.getName().endsWith(ModelMetadata.CONSTANTS_SUFFIX)) {
                continue;
            }
            CRC32 crc = new CRC32();
            try (InputStream stream = file.getInputStream(entry)) {
                for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                    crc.update(chunk, 0, read);
                    inflated += read;
                    if (inflated > LARGEST_CODE) {
                        throw new IOException("its classes have more than " + LARGEST_CODE + " bytes");
                    }
                }
            }
            if (crc.getValue() != entry.getCrc()) {
                throw new IOException(entry.getName() + " is damaged");
            }
        }
    }

    private static Class<? extends Network> generatedClass(Path jar, String name, ClassLoader loader) {
        try {
            Class<?> found = Class.forName(name, false, loader);
            if (!loader.equals(found.getClassLoader())) {
                throw new ModelException(jar + " names the class " + name + ", which is not in it");
            }
            return found.asSubclass(Network.class);
        } catch (ClassNotFoundException | ClassCastException | LinkageError e) {
            throw new ModelException(
                    jar + " was not made for this runtime: " + e + "; compile it again with this version", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
