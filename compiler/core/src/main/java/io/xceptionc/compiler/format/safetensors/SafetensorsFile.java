package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.safetensors.SafetensorsHeader.Placed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file: the length of a JSON header in 8 bytes, the header, then the tensors' elements, little-endian.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format of safetensors</a>
 */
public final class SafetensorsFile implements TensorSource {

    private final MappedFile file;
    private final SafetensorsHeader header;
    private final Map<String, Placed> tensorsByName = new HashMap<>();

    private SafetensorsFile(MappedFile file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
        header.tensors().forEach(tensor -> tensorsByName.put(tensor.info().name(), tensor));
    }

    /**
     * Opens a file.
     *
     * @throws InvalidInputException if it cannot be read or is damaged
     */
    public static SafetensorsFile open(Path path) throws InvalidInputException {
        return MappedFile.open(path, SafetensorsFile::open);
    }

    /** Of a file that is closed with this one, but not if it is damaged. */
    public static SafetensorsFile open(MappedFile file) throws InvalidInputException {
        return new SafetensorsFile(file, SafetensorsHeader.read(file));
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return "safetensors";
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.empty();
    }

    @Override
    public List<TensorInfo> tensors() {
        return header.tensors().stream().map(Placed::info).toList();
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(tensorsByName.get(tensorName)).map(Placed::info);
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        Placed tensor = tensorsByName.get(tensorName);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        return file.values(tensor.info(), header.dataOffset() + tensor.begin());
    }

    @Override
    public void close() {
        file.close();
    }
}
