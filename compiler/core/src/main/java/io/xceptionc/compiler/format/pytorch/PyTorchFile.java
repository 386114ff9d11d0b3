package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.pytorch.PickleValue.View;
import io.xceptionc.compiler.format.zip.ZipArchive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state dict in a file of {@code torch.save}: also one among other things, and with names that a wrapper has
 * prefixed.
 */
public final class PyTorchFile implements TensorSource {

    private final MappedFile file;
    private final String label;
    private final StorageBytes storages;
    private final StateDict stateDict;

    private PyTorchFile(MappedFile file, String label, StorageBytes storages, PickleValue root)
            throws InvalidInputException {
        this.file = file;
        this.label = label;
        this.storages = storages;
        this.stateDict = StateDict.in(root, file);
        for (View tensor : stateDict.tensors().values()) {
            storages.require(tensor.storage());
        }
    }

    /** Whether an archive has a pickle where PyTorch puts it. */
    public static boolean isLike(ZipArchive archive) {
        return ZipCheckpoint.isLike(archive);
    }

    /** Whether a file begins as those of PyTorch before 1.6. */
    public static boolean isLike(MappedFile file) throws InvalidInputException {
        return LegacyCheckpoint.isLike(file);
    }

    /**
     * Of an archive that {@link #isLike} it.
     *
     * @param file what the archive is in; closed with this one, but not if it is damaged
     */
    public static PyTorchFile open(MappedFile file, ZipArchive archive) throws InvalidInputException {
        ZipCheckpoint checkpoint = ZipCheckpoint.of(file, archive);
        return new PyTorchFile(file, "PyTorch", checkpoint, checkpoint.root());
    }

    /** Of a file that {@link #isLike} it, and that is closed with this one, but not if it is damaged. */
    public static PyTorchFile open(MappedFile file) throws InvalidInputException {
        LegacyCheckpoint checkpoint = LegacyCheckpoint.of(file);
        return new PyTorchFile(file, "PyTorch before 1.6", checkpoint, checkpoint.root());
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String format() {
        return label + stateDict.description();
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.of(TensorConvention.PYTORCH);
    }

    @Override
    public List<TensorInfo> tensors() {
        return stateDict.tensors().entrySet().stream().map(PyTorchFile::info).toList();
    }

    private static TensorInfo info(Map.Entry<String, View> tensor) {
        return new TensorInfo(tensor.getKey(), tensor.getValue().type(), tensor.getValue().shape());
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(stateDict.tensors().get(tensorName))
                .map(tensor -> info(Map.entry(tensorName, tensor)));
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        View view = stateDict.tensors().get(tensorName);
        if (view == null) {
            throw new IllegalArgumentException("no tensor " + Quotation.of(tensorName));
        }
        TensorInfo info = info(Map.entry(tensorName, view));
        file.requireReadable(info);
        StridedValues order = new StridedValues(view);
        TensorInfo stored = order.areRowMajor() ? info : new TensorInfo(tensorName, view.type(), List.of(order.span()));
        file.requireReadable(stored);
        StorageBytes.Located located = storages.locate(view.storage(),
                view.firstElement() * view.type().byteSize(), stored.byteCount());
        float[] among = located.file().values(stored, located.byteOffset());
        return order.areRowMajor() ? among : order.gather(among, (int) info.elementCount());
    }

    @Override
    public void close() {
        file.close();
    }
}
