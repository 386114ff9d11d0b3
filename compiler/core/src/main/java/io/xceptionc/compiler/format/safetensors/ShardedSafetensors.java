package io.xceptionc.compiler.format.safetensors;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model in several safetensors files, which an index in the same folder lists; both say the same of every tensor. */
public final class ShardedSafetensors implements TensorSource {

    private static final String TOGETHER =
            "put the index and all its shards, as they were saved together, into one folder";

    private final MappedFile file;
    private final ShardIndex index;
    private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();

    private ShardedSafetensors(MappedFile file, ShardIndex index) {
        this.file = file;
        this.index = index;
    }

    /**
     * Opens an index and all its shards.
     *
     * @param file the index, closed with this one, but not if something is damaged
     * @param path where the index is
     * @throws InvalidInputException if the index or a shard is damaged, a shard is missing, or they disagree
     */
    public static ShardedSafetensors open(MappedFile file, Path path) throws InvalidInputException {
        ShardedSafetensors sharded = new ShardedSafetensors(file, ShardIndex.read(file));
        try {
            for (String shard : sharded.index.files()) {
                sharded.shards.put(shard, sharded.openShard(path.resolveSibling(shard), shard));
            }
            sharded.requireAgreement();
            return sharded;
        } catch (InvalidInputException | RuntimeException | Error failure) {
            sharded.shards.values().forEach(SafetensorsFile::close);
            throw failure;
        }
    }

    private SafetensorsFile openShard(Path path, String shard) throws InvalidInputException {
        if (Files.isSymbolicLink(path)) {
            throw file.problem(DiagnosticCode.E401, "has the shard " + Quotation.of(shard)
                    + ", which is a link and so may lead anywhere", "copy the files that are meant into one folder");
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw file.problem(DiagnosticCode.E401,
                    "lists the shard " + Quotation.of(shard) + ", which is not in its folder", TOGETHER);
        }
        return SafetensorsFile.open(path);
    }

    private void requireAgreement() throws InvalidInputException {
        for (Map.Entry<String, String> entry : index.shards().entrySet()) {
            if (shards.get(entry.getValue()).find(entry.getKey()).isEmpty()) {
                throw file.damaged("has the tensor " + Quotation.of(entry.getKey()) + " in "
                        + Quotation.of(entry.getValue()) + ", but it is not there", TOGETHER);
            }
        }
        for (Map.Entry<String, SafetensorsFile> shard : shards.entrySet()) {
            for (TensorInfo tensor : shard.getValue().tensors()) {
                String listed = index.shards().get(tensor.name());
                if (!shard.getKey().equals(listed)) {
                    throw file.damaged("has the tensor " + Quotation.of(tensor.name()) + " in "
                            + (listed == null ? "no shard" : Quotation.of(listed)) + ", but there is one in "
                            + Quotation.of(shard.getKey()), TOGETHER);
                }
            }
        }
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return "safetensors in " + shards.size() + (shards.size() == 1 ? " shard" : " shards");
    }

    @Override
    public List<Path> furtherFiles() {
        return shards.values().stream().map(shard -> Path.of(shard.name())).toList();
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.empty();
    }

    @Override
    public List<TensorInfo> tensors() {
        return index.shards().keySet().stream().map(name -> find(name).orElseThrow()).toList();
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(index.shards().get(tensorName)).flatMap(shard -> shards.get(shard).find(tensorName));
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        String shard = index.shards().get(tensorName);
        if (shard == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        return shards.get(shard).values(tensorName);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
        file.close();
    }
}
