package io.xceptionc.compiler.emit.pack;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.runtime.Storage;
import io.xceptionc.runtime.WeightRange;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The blob of a model's constants: weights packed for the kernels, and tables. Little-endian, every section aligned to
 * 64 bytes. What is asked for twice is stored once.
 */
public final class Constants {

    private static final int ALIGNMENT = 64;
    private static final int BLOCK = ImageLayout.CHANNELS;
    private static final int STRIP = Product.STRIP_COLUMNS;

    /** What is stored: the same tensor packed in the same way is the same section. */
    private record Key(String packing, List<Object> subjects) {}

    private record Section(long byteOffset, int valueCount, boolean isKernel, Filler filler) {}

    /** Writes a section's values. */
    private interface Filler {
        void fill(ByteBuffer target);
    }

    private final Map<Key, Long> offsets = new HashMap<>();
    private final List<Section> sections = new ArrayList<>();
    private long end;

    private long addKernel(Key key, long valueCount, Filler filler) {
        return add(key, valueCount, true, filler);
    }

    private long addVector(Key key, long valueCount, Filler filler) {
        return add(key, valueCount, false, filler);
    }

    private long add(Key key, long valueCount, boolean isKernel, Filler filler) {
        return offsets.computeIfAbsent(key, _ -> {
            long start = end;
            sections.add(new Section(start, Math.toIntExact(valueCount), isKernel, filler));
            end = (start + valueCount * Float.BYTES + ALIGNMENT - 1) & -ALIGNMENT;
            return start;
        });
    }

    /** The bytes of all sections. */
    public long byteSize() {
        return end;
    }

    /** The bytes of all sections as they are stored. */
    public long byteSize(Storage storage) {
        return end - halves(storage).stream().mapToLong(WeightRange::count).sum() * (Float.BYTES - Short.BYTES);
    }

    /** A vector with one value for each channel, padded to whole blocks with zeros; zeros if there is none. */
    public long vector(Optional<Tensor> values, int channels) {
        int padded = Math.ceilDiv(channels, BLOCK) * BLOCK;
        return values.map(tensor -> addVector(new Key("vector", List.of(tensor)), padded, target -> {
            for (float value : tensor.values()) {
                target.putFloat(value);
            }
        })).orElseGet(() -> addVector(new Key("zero vector", List.of(padded)), padded, _ -> {
        }));
    }

    /**
     * The right factor of a product, from a kernel {@code [..., depth, columns]}, as {@code [panel][strip][depth][16]},
     * missing columns zero. A panel is read through two strips at a time, as a processor fetches two streams sooner
     * than one that is twice as wide.
     */
    public long panels(Tensor kernel) {
        int columns = kernel.shape().getLast();
        int depth = kernel.elementCount() / columns;
        int panelCount = Math.ceilDiv(columns, BLOCK);
        return addKernel(new Key("panels", List.of(kernel)), (long) panelCount * depth * BLOCK, target -> {
            float[] values = kernel.values();
            for (int column = 0; column < panelCount * BLOCK; column += STRIP) {
                int width = Math.clamp(columns - column, 0, STRIP);
                for (int k = 0; k < depth; k++) {
                    int row = target.position();
                    if (width > 0) {
                        target.asFloatBuffer().put(values, k * columns + column, width);
                    }
                    target.position(row + STRIP * Float.BYTES);
                }
            }
        });
    }

    /**
     * The right factors of a convolution by minimal filtering, {@code G g G^T} of each kernel of 3 x 3 taps, computed
     * in double and rounded once, as {@code [panel][component][strip][depth][16]}, missing columns zero. Always
     * float32: rounded to halves, they would lose more than the taps do.
     *
     * @param kernel HWIO, {@code [3, 3, depth, columns]}
     */
    public long winogradPanels(Tensor kernel) {
        WinogradPanels panels = new WinogradPanels(kernel);
        return addVector(new Key("winograd panels", List.of(kernel)), panels.valueCount(), panels::fill);
    }

    /**
     * The panels of a convolution with groups, one after another, each {@code [strip][tap][channels of its
     * groups][16]}: zero where a column does not see a channel.
     *
     * @param kernel HWIO, {@code [height, width, channels of a group, columns]}
     * @param groups the number of groups
     */
    public long groupedPanels(Tensor kernel, int groups) {
        int panelCount = Math.ceilDiv(kernel.dimension(3), BLOCK);
        return IntStream.range(0, panelCount).mapToLong(panel -> groupedPanel(kernel, groups, panel)).min()
                .orElseThrow();
    }

    private long groupedPanel(Tensor kernel, int groups, int panel) {
        GroupedPanel grouped = new GroupedPanel(kernel, groups, panel);
        return addKernel(new Key("grouped panel", List.of(kernel, groups, panel)), (long) grouped.depth() * BLOCK,
                grouped::fill);
    }

    /** A depthwise kernel {@code [height, width, channels, 1]} as {@code [block][tap][32]}, missing channels zero. */
    public long taps(Tensor kernel) {
        int channels = kernel.dimension(2);
        int tapCount = kernel.dimension(0) * kernel.dimension(1);
        int blockCount = Math.ceilDiv(channels, BLOCK);
        return addKernel(new Key("taps", List.of(kernel)), (long) blockCount * tapCount * BLOCK, target -> {
            float[] values = kernel.values();
            for (int block = 0; block < blockCount; block++) {
                int width = Math.min(BLOCK, channels - block * BLOCK);
                for (int tap = 0; tap < tapCount; tap++) {
                    int row = target.position();
                    target.asFloatBuffer().put(values, tap * channels + block * BLOCK, width);
                    target.position(row + BLOCK * Float.BYTES);
                }
            }
        });
    }

    /** The blob as it is in memory, all float32. */
    public void writeTo(OutputStream stream) throws IOException {
        writeTo(stream, Storage.F32);
    }

    /** The kernels if they are to be stored as halves; biases are few, and stay float32. */
    public List<WeightRange> halves(Storage storage) {
        return storage.isHalf()
                ? sections.stream().filter(Section::isKernel)
                        .map(section -> new WeightRange(section.byteOffset(), section.valueCount())).toList()
                : List.of();
    }

    /** Writes the blob as it is stored: kernels as the storage has them, all else as it is in memory. */
    public void writeTo(OutputStream stream, Storage storage) throws IOException {
        long written = 0;
        for (Section section : sections) {
            stream.write(new byte[Math.toIntExact(section.byteOffset() - written)]);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(section.valueCount(), Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            section.filler().fill(bytes);
            stream.write(storage.isHalf() && section.isKernel() ? halves(bytes.rewind(), storage) : bytes.array());
            written = section.byteOffset() + bytes.capacity();
        }
        stream.write(new byte[Math.toIntExact(end - written)]);
    }

    private static byte[] halves(ByteBuffer floats, Storage storage) {
        ByteBuffer halves = ByteBuffer.allocate(floats.capacity() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (halves.hasRemaining()) {
            halves.putShort(storage.encode(floats.getFloat()));
        }
        return halves.array();
    }
}
