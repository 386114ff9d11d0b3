package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The list by which TensorFlow.js finds weights: groups of tensors, each with the files, beside the list, that have its
 * bytes.
 *
 * @see <a href="https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts">TensorFlow.js, WeightsManifestConfig</a>
 */
final class WeightsManifest {

    private static final String HELP = "convert it again: tensorflowjs_converter --input_format keras model.h5 FOLDER";

    private static final int LONGEST_JSON = 1 << 26;
    private static final int HEAD_BYTES = 1 << 10;

    private final Map<String, StoredWeights> tensors = new LinkedHashMap<>();

    private WeightsManifest() {}

    /** How a file begins that may be such a list, or a model with one; it is ASCII as far as that can be told by it. */
    static String beginning(MappedFile file) throws InvalidInputException {
        return new String(file.bytes(0, (int) Math.min(file.byteSize(), HEAD_BYTES)), StandardCharsets.ISO_8859_1)
                .stripLeading();
    }

    /** The JSON that such a file is. */
    static Json document(MappedFile file) throws InvalidInputException {
        if (file.byteSize() > LONGEST_JSON) {
            throw file.damaged("is longer than a model.json can be", HELP);
        }
        return Json.parse(file, "model", file.bytes(0, (int) file.byteSize()));
    }

    /**
     * Reads a list.
     *
     * @param file what it stands in
     * @param groups its groups
     * @param folder where the files of weights are
     * @param naming what a tensor is called here whose name in the list is given
     * @throws InvalidInputException if a file is missing or too short, or a tensor makes no sense
     */
    static WeightsManifest read(MappedFile file, Json groups, Path folder, UnaryOperator<String> naming)
            throws InvalidInputException {
        WeightsManifest manifest = new WeightsManifest();
        for (Json group : groups.elements()) {
            manifest.add(file, group, folder, naming);
        }
        return manifest;
    }

    /** The weights of a group lie one after another in its files, which are read as one. */
    private void add(MappedFile file, Json group, Path folder, UnaryOperator<String> naming)
            throws InvalidInputException {
        List<Path> shards = new ArrayList<>();
        long byteCount = 0;
        for (Json name : group.get("paths").elements()) {
            Path shard = shard(file, folder, name.text().orElse(""));
            shards.add(shard);
            byteCount += size(file, shard);
        }
        ShardedBytes bytes = new ShardedBytes(shards);
        long byteOffset = 0;
        for (Json weights : group.get("weights").elements()) {
            StoredWeights stored = StoredWeights.of(file, weights, bytes, byteOffset);
            byteOffset += stored.byteCount();
            if (byteOffset > byteCount) {
                throw file.damaged("has weights of " + byteOffset + " bytes or more, its files have " + byteCount,
                        "download all files of the model again");
            }
            put(file, naming.apply(weights.get("name").text().orElse("")), stored);
        }
    }

    private void put(MappedFile file, String name, StoredWeights stored) throws InvalidInputException {
        if (tensors.putIfAbsent(name, stored) != null) {
            throw file.damaged("has two tensors called " + Quotation.of(name), HELP);
        }
    }

    private static Path shard(MappedFile file, Path folder, String name) throws InvalidInputException {
        Path shard = folder.resolve(name.matches("[\\w.-]+") ? name : ".");
        if (name.startsWith("..") || !Files.isRegularFile(shard, LinkOption.NOFOLLOW_LINKS)) {
            throw file.problem(DiagnosticCode.E401, "has its weights in the file " + Quotation.of(name)
                    + ", which is not beside it", "put all files of the model into one folder");
        }
        return shard;
    }

    private static long size(MappedFile file, Path shard) throws InvalidInputException {
        try {
            return Files.size(shard);
        } catch (IOException _) {
            throw file.problem(DiagnosticCode.E401, "has weights in a file that cannot be read", "");
        }
    }

    /** All tensors, in the order of the list. */
    List<TensorInfo> tensors() {
        return tensors.entrySet().stream().map(entry -> info(entry.getKey(), entry.getValue())).toList();
    }

    /** The tensor of a name. */
    Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(stored -> info(tensorName, stored));
    }

    private static TensorInfo info(String name, StoredWeights stored) {
        return new TensorInfo(name, ElementType.F32, stored.shape());
    }

    /**
     * The numbers of a tensor, freshly read.
     *
     * @param file for messages
     */
    float[] values(MappedFile file, String tensorName) throws InvalidInputException {
        StoredWeights stored = tensors.get(tensorName);
        if (stored == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        return stored.values(file);
    }
}
