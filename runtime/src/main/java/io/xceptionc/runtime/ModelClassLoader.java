package io.xceptionc.runtime;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/**
 * Loads the package of a model's generated class, classes and what lies beside them, from the model's jar alone,
 * whatever the class path has under the same names: so many versions of a model live in one process. All else comes
 * from the parent.
 *
 * <p> All of the package but the weights is read at once, and the file is not looked at again: it may be replaced, cut
 * or deleted. The weights are read from the open file, as long as that is open.
 */
final class ModelClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final long LARGEST_PACKAGE = 1 << 27;
    private static final String CLASS_SUFFIX = ".class";

    private final String folder;
    private final JarFile file;
    private final String jarUrl;
    private final ProtectionDomain domain;
    private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

    /**
     * Reads the package from an open jar.
     *
     * @param className the generated class
     * @throws IOException if the jar cannot be read, is damaged, or the package is very large
     */
    ModelClassLoader(Path jar, JarFile file, String className, ClassLoader parent) throws IOException {
        super("model " + jar.getFileName(), parent);
        this.file = file;
        folder = className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/');
        URL url = jar.toUri().toURL();
        jarUrl = "jar:" + url.toString().replace("!/", "%21/");
        domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
        read();
    }

    private void read() throws IOException {
        long left = LARGEST_PACKAGE;
        for (JarEntry entry : Collections.list(file.entries())) {
            if (isOfPackage(entry.getName()) && !isWeights(entry.getName())) {
                byte[] content = content(entry, left);
                left -= content.length;
                entries.put(entry.getName(), content);
            }
        }
    }

    private byte[] content(JarEntry entry, long most) throws IOException {
        byte[] content;
        try (InputStream stream = file.getInputStream(entry)) {
            content = stream.readNBytes((int) most + 1);
        }
        if (content.length > most) {
            throw new IOException("its classes have more than " + LARGEST_PACKAGE + " bytes");
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.getCrc()) {
            throw new IOException(entry.getName() + " is damaged");
        }
        return content;
    }

    /** Whether a path is that of a file in the model's package. */
    private boolean isOfPackage(String path) {
        return path.startsWith(folder) && path.indexOf('/', folder.length()) < 0 && path.length() > folder.length();
    }

    private static boolean isWeights(String path) {
        return path.endsWith(ModelMetadata.CONSTANTS_SUFFIX);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOfPackage(name.replace('.', '/'))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = entries.remove(name.replace('.', '/') + CLASS_SUFFIX); // no class is defined twice
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, code, 0, code.length, domain);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        if (!isOfPackage(name)) {
            return super.getResourceAsStream(name);
        }
        byte[] content = entries.get(name);
        return content == null ? fromFile(name) : new ByteArrayInputStream(content);
    }

    private InputStream fromFile(String name) {
        try {
            JarEntry entry = isWeights(name) ? file.getJarEntry(name) : null;
            return entry == null ? null : file.getInputStream(entry);
        } catch (IOException e) {
            return unreadable(e);
        } catch (IllegalStateException _) { // closed: as for every class loader, what cannot be read is not there
            return null;
        }
    }

    /** What is there, but cannot be read; says so to whoever tries. */
    private static InputStream unreadable(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                throw failure;
            }
        };
    }

    @Override
    public URL getResource(String name) {
        return isOfPackage(name) ? findResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isOfPackage(name) ? findResources(name) : super.getResources(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    @Override
    protected URL findResource(String name) {
        boolean weights = isOfPackage(name) && isWeights(name);
        if (!weights && !entries.containsKey(name)) {
            return null;
        }
        try {
            String path = new URI(null, null, '/' + name, null).getRawPath();
            return URL.of(URI.create(jarUrl + "!" + path), new EntryHandler());
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets the classes that nobody has needed. */
    void close() {
        entries.keySet().removeIf(name -> name.endsWith(CLASS_SUFFIX));
    }

    /** Connects to what was in the jar when the model was opened; by now, the file of that name may be another one. */
    private final class EntryHandler extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            return new EntryConnection(url);
        }
    }

    private final class EntryConnection extends JarURLConnection {

        EntryConnection(URL url) throws MalformedURLException {
            super(url);
        }

        @Override
        public void connect() {
            // it is open
        }

        @Override
        public JarFile getJarFile() {
            return file;
        }

        @Override
        public long getContentLengthLong() {
            byte[] content = entries.get(getEntryName());
            return content == null ? file.getJarEntry(getEntryName()).getSize() : content.length;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream stream = getResourceAsStream(getEntryName());
            if (stream == null) {
                throw new FileNotFoundException(getEntryName());
            }
            return stream;
        }
    }
}
