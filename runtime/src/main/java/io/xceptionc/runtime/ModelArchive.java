package io.xceptionc.runtime;

import io.xceptionc.runtime.kernel.Network;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Opens a model jar: the class that its manifest names, from that file alone. */
final class ModelArchive {

    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    /** Packages of the JDK and of this runtime, of which there is to be but one version in a process. */
    private static final List<String> FOREIGN_PACKAGES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.xceptionc.runtime.");

    private ModelArchive() {}

    static CompiledModel open(Path jar, OpenOptions options, Grants grants) {
        requireJar(jar);
        return open(jar, JarFile::new, options, grants);
    }

    /** Opens a jar's file, which is closed again. */
    @FunctionalInterface
    interface Opening {
        JarFile open(File jar) throws IOException;
    }

    /** What the jar says of itself; none of its classes is loaded. */
    static ModelMetadata metadata(Path jar) {
        requireJar(jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            String className = generatedClassName(jar, file);
            return ModelMetadata.parse(className, suffix -> text(file, className.replace('.', '/') + suffix));
        } catch (IOException | SecurityException e) { // the latter where a jar is signed
            throw unreadable(jar, e);
        }
    }

    private static String text(JarFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            throw new IOException("there is no " + name);
        }
        try (InputStream stream = file.getInputStream(entry)) {
            return ModelResources.text(stream);
        }
    }

    static CompiledModel open(Path jar, Opening opening, OpenOptions options, Grants grants) {
        try (JarFile file = opening.open(jar.toFile())) {
            String className = generatedClassName(jar, file);
            ModelClassLoader loader =
                    new ModelClassLoader(jar, file, className, ModelArchive.class.getClassLoader());
            return ModelResources.open(generatedClass(jar, className, loader), options, grants, loader::close);
        } catch (IOException | SecurityException e) { // the latter where a jar is signed
            throw unreadable(jar, e);
        }
    }

    private static ModelException unreadable(Path jar, Exception e) {
        return new ModelException(jar + " is no readable jar file: "
                + Objects.requireNonNullElse(e.getMessage(), "it ends too early")
                + "; copy it again, or compile the model again", e);
    }

    /** Tells other files from damaged jars. */
    private static void requireJar(Path jar) {
        if (!Files.isRegularFile(jar)) { // opening a pipe would wait for whoever writes to it
            throw new ModelException(jar + whatElse(jar));
        }
        if (!jar.getFileSystem().equals(FileSystems.getDefault())) {
            throw new ModelException(jar + " lies in " + jar.getFileSystem() + "; copy it to a folder of this machine");
        }
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

    private static String whatElse(Path path) {
        if (Files.isDirectory(path)) {
            return " is a folder, not a model jar";
        }
        return Files.exists(path)
                ? " is no regular file but a pipe, a device or the like; save the model jar to a file first"
                : ": no such file";
    }

    private static String generatedClassName(Path jar, JarFile file) throws IOException {
        Manifest manifest = file.getManifest();
        String name = manifest == null ? null : manifest.getMainAttributes().getValue(ModelMetadata.MANIFEST_ATTRIBUTE);
        if (name == null) {
            throw new ModelException(jar + " is no model jar: its manifest has no " + ModelMetadata.MANIFEST_ATTRIBUTE
                    + "; make one with 'xceptionc compile SPEC -o " + jar.getFileName() + "'");
        }
        if (FOREIGN_PACKAGES.stream().anyMatch(name::startsWith)) {
            throw new ModelException(jar + " names the class " + name + ", in a package that is not for models; compile"
                    + " the model for another one");
        }
        return name;
    }

    private static Class<? extends Network> generatedClass(Path jar, String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader).asSubclass(Network.class);
        } catch (ClassNotFoundException e) {
            throw new ModelException(jar + " names the class " + name + ", which is not in it; compile the model again",
                    e);
        } catch (ClassCastException | LinkageError e) {
            throw new ModelException(
                    jar + " was not made for this runtime: " + e + "; compile it again with this version", e);
        }
    }
}
