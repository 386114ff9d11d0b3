package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.onnx.OnnxTensor.Bytes;
import io.xceptionc.compiler.format.onnx.OnnxTensor.External;
import io.xceptionc.compiler.format.onnx.OnnxTensor.Storage;
import io.xceptionc.compiler.format.onnx.OnnxTensor.Varints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tensors: what they are and where their elements lie, and that both fit. */
final class TensorParser {

    private static final int HIGHEST_RANK = 8;
    private static final int LONGEST_VARINT = 10;

    private final Wire wire;

    TensorParser(Wire wire) {
        this.wire = wire;
    }

    /** Reads a field that is a tensor. */
    OnnxTensor tensor() throws IOException {
        TensorFields fields = new TensorFields();
        wire.message(fields);
        return fields.tensor();
    }

    private final class TensorFields implements Wire.Fields {

        private final List<Long> shape = new ArrayList<>();
        private final Map<String, String> external = new HashMap<>();
        private String name = "";
        private long type;
        private boolean isExternal;
        private boolean hasSegment;
        private Optional<Storage> storage = Optional.empty();

        @Override
        public boolean read(int field) throws IOException {
            switch (field) {
                case OnnxFields.Tensor.DIMS -> wire.integers(this::addSize);
                case OnnxFields.Tensor.DATA_TYPE -> type = wire.integer();
                case OnnxFields.Tensor.SEGMENT -> {
                    hasSegment = true;
                    return false;
                }
                case OnnxFields.Tensor.FLOAT_DATA, OnnxFields.Tensor.RAW_DATA, OnnxFields.Tensor.DOUBLE_DATA ->
                        store(new Bytes(wire.extent()));
                case OnnxFields.Tensor.INT32_DATA, OnnxFields.Tensor.INT64_DATA, OnnxFields.Tensor.UINT64_DATA ->
                        store(new Varints(wire.extent()));
                case OnnxFields.Tensor.NAME -> name = wire.text();
                case OnnxFields.Tensor.EXTERNAL_DATA -> externalEntry();
                case OnnxFields.Tensor.DATA_LOCATION -> isExternal = wire.integer() == 1;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void addSize(long size) {
            if (shape.size() <= HIGHEST_RANK) {
                shape.add(size);
            }
        }

        private void store(Storage next) throws IOException {
            if (storage.isPresent()) {
                throw new DamagedModelException(
                        "gives the elements of a tensor twice before byte " + wire.byteOffset());
            }
            storage = Optional.of(next);
        }

        private void externalEntry() throws IOException {
            String[] entry = {"", ""};
            wire.message(field -> {
                switch (field) {
                    case OnnxFields.Entry.KEY -> entry[0] = wire.text();
                    case OnnxFields.Entry.VALUE -> entry[1] = wire.text();
                    default -> {
                        return false;
                    }
                }
                return true;
            });
            external.put(entry[0], entry[1]);
        }

        OnnxTensor tensor() throws IOException {
            DataType dataType = DataType.of(type).orElseThrow(
                    () -> new DamagedModelException("has the tensor " + Quotation.of(name) + " of the unknown type "
                            + type));
            if (shape.size() > HIGHEST_RANK) {
                throw new DamagedModelException(
                        "has the tensor " + Quotation.of(name) + " of more than " + HIGHEST_RANK + " axes");
            }
            if (hasSegment) {
                throw new DamagedModelException("has the tensor " + Quotation.of(name) + " in segments");
            }
            Optional<Long> byteCount = byteCount(dataType);
            Storage where = isExternal ? external(byteCount) : storage.orElse(new Bytes(new Extent(0, 0)));
            OnnxTensor tensor = new OnnxTensor(name, dataType, shape, where);
            if (byteCount.isPresent()) {
                requireFit(tensor, byteCount.get());
            }
            return tensor;
        }

        /** The bytes of all elements; empty for types that nothing here reads. */
        private Optional<Long> byteCount(DataType dataType) throws IOException {
            try {
                if (shape.stream().anyMatch(size -> size < 0)) {
                    throw new DamagedModelException(
                            "has the tensor " + Quotation.of(name) + " of the shape " + shape + ", of negative size");
                }
                var _ = shape.stream().reduce(1L, Math::multiplyExact);
                return dataType.elementType().map(elements -> new TensorInfo(name, elements, shape).byteCount());
            } catch (ArithmeticException _) {
                throw new DamagedModelException("has the tensor " + Quotation.of(name) + " of the shape " + shape
                        + ", of more bytes than there can be");
            }
        }

        private void requireFit(OnnxTensor tensor, long byteCount) throws IOException {
            long count = tensor.elementCount();
            boolean fits = switch (tensor.storage()) {
                case Bytes(Extent extent) -> extent.byteCount() == byteCount;
                case Varints(Extent extent) -> extent.byteCount() >= count
                        && extent.byteCount() / LONGEST_VARINT <= count;
                case External _ -> true;
            };
            if (!fits) {
                throw new DamagedModelException("has the tensor " + Quotation.of(name) + " " + tensor.type() + " "
                        + shape + ", whose elements have not as many bytes as that takes");
            }
        }

        private External external(Optional<Long> byteCount) throws IOException {
            String location = external.getOrDefault("location", "");
            long byteOffset = number("offset", 0);
            long length = number("length", byteCount.orElse(0L));
            if (location.isEmpty() || (byteCount.isPresent() && length != byteCount.get())) {
                throw new DamagedModelException("has the tensor " + Quotation.of(name)
                        + " in another file, but not where, or with another length than its shape takes");
            }
            return new External(location, byteOffset);
        }

        private long number(String key, long otherwise) throws IOException {
            String digits = external.getOrDefault(key, "");
            if (digits.isEmpty()) {
                return otherwise;
            }
            if (!digits.matches("[0-9]{1,18}")) {
                throw new DamagedModelException("has the tensor " + Quotation.of(name) + " in another file, at the "
                        + key + " " + Quotation.of(digits));
            }
            return Long.parseLong(digits);
        }
    }
}
