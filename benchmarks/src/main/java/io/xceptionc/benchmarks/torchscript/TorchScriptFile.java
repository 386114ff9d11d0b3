package io.xceptionc.benchmarks.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript file: a zip archive with the code of one module, and its tensors, float32.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md">TorchScript serialization</a>
 */
final class TorchScriptFile {

    private static final String ROOT = "network/";

    private final List<List<Integer>> shapes = new ArrayList<>();
    private final List<float[]> tensors = new ArrayList<>();
    private final StringBuilder statements = new StringBuilder();

    /** Adds a tensor; returns the expression that it is in the code. */
    String tensor(List<Integer> shape, float... values) {
        shapes.add(shape);
        tensors.add(values);
        return "self." + attribute(tensors.size() - 1);
    }

    private static String attribute(int tensor) {
        return "t" + tensor;
    }

    /** Adds a line to the method {@code forward}, whose argument is {@code x}. */
    void statement(String line) {
        statements.append("    ").append(line).append('\n');
    }

    void writeTo(Path file) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(stream)) {
            store(zip, "data.pkl", module());
            store(zip, "code/__torch__.py", code().getBytes(UTF_8));
            store(zip, "constants.pkl", new Pickle().emptyTuple().finish());
            for (int i = 0; i < tensors.size(); i++) {
                store(zip, "data/" + i, littleEndian(tensors.get(i)));
            }
            store(zip, "version", "3\n".getBytes(UTF_8));
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] littleEndian(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private String code() {
        StringBuilder code = new StringBuilder("class Network(Module):\n  __parameters__ = []\n  __buffers__ = [");
        for (int i = 0; i < tensors.size(); i++) {
            code.append('"').append(attribute(i)).append("\", ");
        }
        code.append("]\n  training : bool\n");
        for (int i = 0; i < tensors.size(); i++) {
            code.append("  ").append(attribute(i)).append(" : Tensor\n");
        }
        return code.append("  def forward(self: __torch__.Network,\n    x: Tensor) -> Tensor:\n").append(statements)
                .toString();
    }

    private byte[] module() {
        Pickle pickle = new Pickle().global("__torch__", "Network").emptyTuple().newObject().emptyDictionary().mark();
        pickle.string("training").no();
        for (int i = 0; i < tensors.size(); i++) {
            pickle.string(attribute(i));
            tensor(pickle, i);
        }
        return pickle.setItems().build().finish();
    }

    /** {@code _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)}. */
    private void tensor(Pickle pickle, int index) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark().string("storage").global("torch", "FloatStorage").string(Integer.toString(index)).string("cpu")
                .integer(tensors.get(index).length).tuple().persistent();
        pickle.integer(0).integers(shapes.get(index)).integers(strides(shapes.get(index))).no();
        pickle.global("collections", "OrderedDict").emptyTuple().call().tuple().call();
    }

    private static List<Integer> strides(List<Integer> shape) {
        List<Integer> strides = new ArrayList<>();
        int stride = 1;
        for (int size : shape.reversed()) {
            strides.addFirst(stride);
            stride *= size;
        }
        return strides;
    }
}
