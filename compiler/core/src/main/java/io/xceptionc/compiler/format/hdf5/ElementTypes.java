package io.xceptionc.compiler.format.hdf5;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.xceptionc.compiler.format.file.ElementType;
import java.nio.ByteOrder;

/** What HDF5's types of numbers are called here. */
final class ElementTypes {

    private ElementTypes() {}

    /** The type of a dataset's elements. */
    static ElementType of(DataType type) {
        return switch (type) {
            case FloatingPoint number -> floatingPoint(number);
            case FixedPoint number -> requireOrder(number.getByteOrder(), fixedPoint(number));
            default -> throw unsupported("elements that are no numbers");
        };
    }

    /** IEEE 754 only: sign, exponent and mantissa are told apart by the sizes of the last two. */
    private static ElementType floatingPoint(FloatingPoint number) {
        String sizes = number.getSize() + ":" + number.getExponentSize() + ":" + number.getMantissaSize();
        return requireOrder(number.getByteOrder(), switch (sizes) {
            case "2:5:10" -> ElementType.F16;
            case "2:8:7" -> ElementType.BF16;
            case "4:8:23" -> ElementType.F32;
            case "8:11:52" -> ElementType.F64;
            default -> throw unsupported("floating point numbers of an unknown kind");
        });
    }

    private static ElementType fixedPoint(FixedPoint number) {
        return switch (number.getSize()) {
            case Byte.BYTES -> number.isSigned() ? ElementType.I8 : ElementType.U8;
            case Short.BYTES -> number.isSigned() ? ElementType.I16 : ElementType.U16;
            case Integer.BYTES -> number.isSigned() ? ElementType.I32 : ElementType.U32;
            case Long.BYTES -> number.isSigned() ? ElementType.I64 : ElementType.U64;
            default -> throw unsupported("whole numbers of " + number.getSize() + " bytes");
        };
    }

    private static ElementType requireOrder(ByteOrder order, ElementType type) {
        if (order == ByteOrder.BIG_ENDIAN) {
            throw unsupported("big-endian numbers");
        }
        return type;
    }

    private static Refusal unsupported(String what) {
        return Refusal.unsupported("has " + what, "store it as little-endian float32");
    }
}
