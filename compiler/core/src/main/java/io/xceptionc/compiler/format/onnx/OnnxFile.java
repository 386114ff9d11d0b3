package io.xceptionc.compiler.format.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.format.onnx.OnnxTensor.Bytes;
import io.xceptionc.compiler.format.onnx.OnnxTensor.External;
import io.xceptionc.compiler.format.onnx.OnnxTensor.Varints;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ONNX model: one Protocol Buffers message, and possibly files with tensors beside it. Its initializers are the
 * weights; their elements are read when they are asked for.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">ONNX, intermediate representation</a>
 */
public final class OnnxFile implements TensorSource {

    private static final String HELP = "export or download the model again";

    /** What a message of Protocol Buffers can have. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private final MappedFile file;
    private final ExternalData external;
    private final OnnxModel model;
    private final Map<String, OnnxTensor> tensorsByName = new HashMap<>();
    private final List<TensorInfo> infos;

    private OnnxFile(MappedFile file, ExternalData external, OnnxModel model) {
        this.file = file;
        this.external = external;
        this.model = model;
        model.initializers().forEach(tensor -> tensorsByName.put(tensor.name(), tensor));
        this.infos = model.initializers().stream().flatMap(tensor -> tensor.info().stream()).toList();
    }

    /**
     * Opens a model in a mapped file, which is closed with it.
     *
     * @param path the file's; tensors may lie in other files of its folder
     * @throws InvalidInputException if it is damaged; the mapped file stays open then
     */
    public static OnnxFile open(MappedFile file, Path path) throws InvalidInputException {
        if (file.byteSize() > MOST_BYTES) {
            throw file.damaged("is larger than the 2 GiB that an ONNX model may have",
                    "save it with external data: the weights in files beside it");
        }
        ExternalData external = new ExternalData(file, path.toAbsolutePath().getParent());
        try {
            OnnxFile opened = new OnnxFile(file, external, parse(file));
            for (OnnxTensor tensor : opened.model.initializers()) {
                opened.requirePresent(tensor);
            }
            return opened;
        } catch (InvalidInputException | RuntimeException | Error failure) {
            external.close();
            throw failure;
        }
    }

    private static OnnxModel parse(MappedFile file) throws InvalidInputException {
        int byteOffset = 0;
        try {
            Wire wire = new Wire(file);
            try {
                return new ModelParser(wire).parse();
            } finally {
                byteOffset = wire.byteOffset();
            }
        } catch (DamagedModelException damage) {
            throw file.damaged("is a damaged ONNX model: it " + damage.getMessage(), HELP);
        } catch (InvalidProtocolBufferException _) {
            throw file.damaged("is a damaged ONNX model: it makes no sense at byte " + byteOffset, HELP);
        } catch (IOException unreadable) {
            if (unreadable.getCause() instanceof InvalidInputException cutOff) {
                throw cutOff;
            }
            throw file.damaged("cannot be read: " + unreadable.getMessage(), HELP);
        }
    }

    /** Whether a file begins as an ONNX model does, which has no signature: with the fields of its first message. */
    public static boolean isLikely(MappedFile file) throws InvalidInputException {
        return FirstFields.areThoseOfAModel(file);
    }

    /** What the file says of itself and its network. */
    public OnnxModel model() {
        return model;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public List<Path> furtherFiles() {
        return external.files();
    }

    @Override
    public String format() {
        return model.producer().isEmpty() ? "ONNX" : "ONNX of " + Quotation.brief(model.producer());
    }

    @Override
    public Optional<TensorConvention> convention() {
        return Optional.of(TensorConvention.PYTORCH);
    }

    @Override
    public List<TensorInfo> tensors() {
        return infos;
    }

    @Override
    public Optional<TensorInfo> find(String tensorName) {
        return Optional.ofNullable(tensorsByName.get(tensorName)).flatMap(OnnxTensor::info);
    }

    @Override
    public float[] values(String tensorName) throws InvalidInputException {
        OnnxTensor tensor = tensorsByName.get(tensorName);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor " + Quotation.of(tensorName));
        }
        return floats(tensor);
    }

    /**
     * The elements of a tensor of the model as {@code float}, row-major, freshly read.
     *
     * @throws InvalidInputException if they are no floating point numbers, more than an array can hold, or cannot be
     *        read
     */
    public float[] floats(OnnxTensor tensor) throws InvalidInputException {
        ElementType type = tensor.type().elementType().filter(ElementType::isFloat).orElse(null);
        if (type == null) {
            throw file.problem(DiagnosticCode.E304, "has the tensor " + Quotation.of(tensor.name()) + " as "
                    + tensor.type() + ", which cannot be read as 32-bit floating point numbers",
                    "convert the model to FLOAT, FLOAT16, BFLOAT16 or DOUBLE");
        }
        TensorInfo info = new TensorInfo(tensor.name(), type, tensor.shape());
        requirePresent(tensor);
        return switch (tensor.storage()) {
            case Bytes(Extent extent) -> file.values(info, extent.byteOffset());
            case External(String location, long byteOffset) -> external.file(location).values(info, byteOffset);
            case Varints _ -> halves(info, integers(tensor));
        };
    }

    /** Halves that are stored as whole numbers. */
    @SuppressWarnings("MustBeClosedChecker") // The arena is the collector's, and owns nothing.
    private float[] halves(TensorInfo info, long[] bits) throws InvalidInputException {
        if (info.type().byteSize() != Short.BYTES) {
            throw file.damaged("has the tensor " + Quotation.of(info.name()) + " of " + info.type()
                    + " as whole numbers", HELP);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(bits.length, Short.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (long half : bits) {
            bytes.putShort((short) half);
        }
        return new MappedFile(name(), Arena.ofAuto(), MemorySegment.ofArray(bytes.array())).values(info, 0);
    }

    /**
     * The elements of a tensor of the model that are whole numbers of 8 to 64 bits, or truth values.
     *
     * @throws InvalidInputException if they are others, more than an array can hold, or cannot be read
     */
    public long[] integers(OnnxTensor tensor) throws InvalidInputException {
        requirePresent(tensor);
        if (tensor.elementCount() > TensorInfo.LARGEST_ARRAY / Long.BYTES) {
            throw file.problem(DiagnosticCode.E205,
                    "has the tensor " + Quotation.of(tensor.name()) + " " + tensor.shape()
                            + " of more whole numbers than make sense",
                    "");
        }
        int count = (int) tensor.elementCount();
        return switch (tensor.storage()) {
            case Bytes(Extent extent) -> integers(tensor, file.bytes(extent.byteOffset(), extent.byteCount()));
            case External(String location, long byteOffset) -> integers(tensor, external.file(location)
                    .bytes(byteOffset, Math.toIntExact(tensor.info().orElseThrow().byteCount())));
            case Varints(Extent extent) -> varints(tensor, count, file.bytes(extent.byteOffset(), extent.byteCount()));
        };
    }

    private long[] integers(OnnxTensor tensor, byte[] bytes) throws InvalidInputException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] integers = new long[(int) tensor.elementCount()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = switch (tensor.type()) {
                case INT64 -> buffer.getLong();
                case INT32 -> buffer.getInt();
                case BOOL, INT8 -> buffer.get();
                case UINT8 -> Byte.toUnsignedInt(buffer.get());
                case INT16 -> buffer.getShort();
                case UINT16 -> Short.toUnsignedInt(buffer.getShort());
                default -> throw file.problem(DiagnosticCode.E304, "has the tensor " + Quotation.of(tensor.name())
                        + " as " + tensor.type() + " where whole numbers belong", HELP);
            };
        }
        return integers;
    }

    private long[] varints(OnnxTensor tensor, int count, byte[] bytes) throws InvalidInputException {
        long[] integers = new long[count];
        CodedInputStream stream = CodedInputStream.newInstance(bytes);
        try {
            for (int i = 0; i < count; i++) {
                integers[i] = stream.readRawVarint64();
            }
            if (stream.isAtEnd()) {
                return integers;
            }
        } catch (IOException _) {
            // Told below.
        }
        throw file.damaged("is a damaged ONNX model: it has the tensor " + Quotation.of(tensor.name()) + " "
                + tensor.shape() + ", which has another number of elements", HELP);
    }

    /** The elements must be where the model says they are. */
    private void requirePresent(OnnxTensor tensor) throws InvalidInputException {
        if (!(tensor.storage() instanceof External(String location, long byteOffset))) {
            return;
        }
        long byteCount = tensor.info().map(TensorInfo::byteCount).orElse(0L);
        long fileBytes = external.file(location).byteSize();
        if (byteOffset > fileBytes || byteCount > fileBytes - byteOffset) {
            throw file.damaged("has the tensor " + Quotation.of(tensor.name()) + " in the file "
                    + Quotation.of(location) + ", which ends before it does", HELP);
        }
    }

    @Override
    public void close() {
        external.close();
        file.close();
    }
}
