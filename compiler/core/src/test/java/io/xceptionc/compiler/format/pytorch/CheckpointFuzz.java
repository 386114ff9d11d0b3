package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.format.zip.ZipArchive;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Fuzzes the pickle in PyTorch's present format: in a sound archive, with storages for it to name. */
public final class CheckpointFuzz {

    private static final int STORAGES = 4;
    private static final int STORAGE_BYTES = 1024;

    private CheckpointFuzz() {}

    /** Reads bytes as such a pickle. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(archive(input),
                file -> FuzzedFile.readTensors(PyTorchFile.open(file, ZipArchive.of(file))));
    }

    private static byte[] archive(byte[] pickle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            put(zip, "archive/data.pkl", pickle);
            for (int i = 0; i < STORAGES; i++) {
                put(zip, "archive/data/" + i, new byte[STORAGE_BYTES]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
