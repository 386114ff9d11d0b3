package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Opens a model jar: the class that its manifest names, from that file alone. */
final class ModelArchive {

    private ModelArchive() {}

    static CompiledModel open(Path jar, OpenOptions options) {
        String className = generatedClassName(jar);
        URLClassLoader loader = new URLClassLoader("model " + jar.getFileName(), new URL[] {url(jar)},
                ModelArchive.class.getClassLoader());
        boolean opened = false;
        try {
            CompiledModel model =
                    ModelResources.open(generatedClass(jar, className, loader), options, () -> close(loader));
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
            throw new ModelException(jar + ": no such file");
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(ModelMetadata.MANIFEST_ATTRIBUTE);
            if (name == null) {
                throw new ModelException(
                        jar + " is no model jar: its manifest has no " + ModelMetadata.MANIFEST_ATTRIBUTE
                                + "; make one with 'xceptionc compile SPEC -o " + jar.getFileName() + "'");
            }
            return name;
        } catch (IOException e) {
            throw new ModelException(jar + " is no readable jar file: " + e.getMessage(), e);
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
