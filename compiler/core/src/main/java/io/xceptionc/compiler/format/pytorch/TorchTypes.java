package io.xceptionc.compiler.format.pytorch;

import static java.util.Map.entry;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.ElementType;
import io.xceptionc.compiler.format.pytorch.PickleValue.Global;
import java.util.Map;
import java.util.Set;

/**
 * What PyTorch calls the types of elements: {@code torch.float32} as a dtype, {@code torch.FloatStorage} as a storage.
 */
final class TorchTypes {

    private static final Map<String, ElementType> KNOWN = Map.ofEntries(entry("torch.DoubleStorage", ElementType.F64),
            entry("torch.FloatStorage", ElementType.F32), entry("torch.HalfStorage", ElementType.F16),
            entry("torch.BFloat16Storage", ElementType.BF16), entry("torch.ComplexFloatStorage", ElementType.C64),
            entry("torch.LongStorage", ElementType.I64), entry("torch.IntStorage", ElementType.I32),
            entry("torch.ShortStorage", ElementType.I16), entry("torch.CharStorage", ElementType.I8),
            entry("torch.ByteStorage", ElementType.U8), entry("torch.BoolStorage", ElementType.BOOL),
            entry("torch.UntypedStorage", ElementType.U8), entry("torch.storage.UntypedStorage", ElementType.U8),
            entry("torch.float64", ElementType.F64), entry("torch.float32", ElementType.F32),
            entry("torch.float16", ElementType.F16), entry("torch.bfloat16", ElementType.BF16),
            entry("torch.complex64", ElementType.C64), entry("torch.int64", ElementType.I64),
            entry("torch.int32", ElementType.I32), entry("torch.int16", ElementType.I16),
            entry("torch.int8", ElementType.I8), entry("torch.uint8", ElementType.U8),
            entry("torch.uint16", ElementType.U16), entry("torch.uint32", ElementType.U32),
            entry("torch.uint64", ElementType.U64), entry("torch.bool", ElementType.BOOL),
            entry("torch.float8_e5m2", ElementType.F8_E5M2), entry("torch.float8_e4m3fn", ElementType.F8_E4M3));

    /** Types that no tensor of a network of ours has, but that are nothing to fear. */
    private static final Set<String> UNREADABLE = Set.of("torch.ComplexDoubleStorage",
            "torch.QInt8Storage", "torch.QUInt8Storage", "torch.QInt32Storage", "torch.QUInt4x2Storage",
            "torch.QUInt2x4Storage", "torch.storage.TypedStorage", "torch.complex128", "torch.complex32");

    private TorchTypes() {}

    /** Whether a name is that of a type of elements. */
    static boolean isType(String name) {
        return KNOWN.containsKey(name) || UNREADABLE.contains(name);
    }

    /** The type of a name, refused if it cannot be read. */
    static ElementType of(Global name, PickleReader reader) throws InvalidInputException {
        ElementType type = KNOWN.get(name.name());
        if (type == null) {
            throw reader.unsupported("has a tensor of the type " + name.name(),
                    "save it as float32, or leave it out");
        }
        return type;
    }
}
