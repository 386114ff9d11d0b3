package io.xceptionc.compiler.format.onnx;

import io.xceptionc.compiler.format.file.ElementType;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the elements of an ONNX tensor are.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto, TensorProto.DataType</a>
 */
public enum DataType {
    /** 32 bits. */
    FLOAT(1, ElementType.F32),
    /** Without sign. */
    UINT8(2, ElementType.U8),
    /** With sign. */
    INT8(3, ElementType.I8),
    /** Without sign. */
    UINT16(4, ElementType.U16),
    /** With sign. */
    INT16(5, ElementType.I16),
    /** With sign. */
    INT32(6, ElementType.I32),
    /** With sign. */
    INT64(7, ElementType.I64),
    /** Texts. */
    STRING(8, null),
    /** A byte each. */
    BOOL(9, ElementType.BOOL),
    /** 16 bits, 5 of them exponent. */
    FLOAT16(10, ElementType.F16),
    /** 64 bits. */
    DOUBLE(11, ElementType.F64),
    /** Without sign. */
    UINT32(12, ElementType.U32),
    /** Without sign. */
    UINT64(13, ElementType.U64),
    /** Two of 32 bits. */
    COMPLEX64(14, ElementType.C64),
    /** Two of 64 bits. */
    COMPLEX128(15, null),
    /** 16 bits, 8 of them exponent. */
    BFLOAT16(16, ElementType.BF16),
    /** 8 bits, 4 of them exponent, no infinities. */
    FLOAT8E4M3FN(17, ElementType.F8_E4M3),
    /** 8 bits, 4 of them exponent, no negative zero. */
    FLOAT8E4M3FNUZ(18, null),
    /** 8 bits, 5 of them exponent. */
    FLOAT8E5M2(19, ElementType.F8_E5M2),
    /** 8 bits, 5 of them exponent, no negative zero. */
    FLOAT8E5M2FNUZ(20, null),
    /** Two in a byte. */
    UINT4(21, null),
    /** Two in a byte. */
    INT4(22, null),
    /** Two in a byte. */
    FLOAT4E2M1(23, null);

    private final int number;
    private final Optional<ElementType> elementType;

    DataType(int number, ElementType elementType) {
        this.number = number;
        this.elementType = Optional.ofNullable(elementType);
    }

    /** Its number in a file. */
    public int number() {
        return number;
    }

    /** The type of a number in a file. */
    public static Optional<DataType> of(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    /** The same by the names of safetensors; empty if those have none. */
    public Optional<ElementType> elementType() {
        return elementType;
    }
}
