package io.xceptionc.compiler.format.pytorch;

import java.util.Arrays;
import java.util.Optional;

/**
 * The opcodes of pickles that state dicts need; there are others, which make objects of classes or run code.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">what each opcode does</a>
 */
enum PickleOpcode {
    PROTO(0x80), FRAME(0x95), STOP('.'), MARK('('), POP('0'), POP_MARK('1'), DUP('2'),

    NONE('N'), NEWTRUE(0x88), NEWFALSE(0x89), BININT('J'), BININT1('K'), BININT2('M'), LONG1(0x8a), BINFLOAT('G'),

    BINUNICODE('X'), SHORT_BINUNICODE(0x8c), BINUNICODE8(0x8d), BINSTRING('T'), SHORT_BINSTRING('U'),

    BINBYTES('B'), SHORT_BINBYTES('C'), BINBYTES8(0x8e),

    EMPTY_TUPLE(')'), TUPLE('t'), TUPLE1(0x85), TUPLE2(0x86), TUPLE3(0x87),

    EMPTY_LIST(']'), APPEND('a'), APPENDS('e'), EMPTY_SET(0x8f), ADDITEMS(0x90), FROZENSET(0x91),

    EMPTY_DICT('}'), SETITEM('s'), SETITEMS('u'),

    BINPUT('q'), LONG_BINPUT('r'), MEMOIZE(0x94), BINGET('h'), LONG_BINGET('j'),

    GLOBAL('c'), STACK_GLOBAL(0x93), REDUCE('R'), BUILD('b'), BINPERSID('Q');

    private static final PickleOpcode[] BY_CODE = new PickleOpcode[256];

    static {
        Arrays.stream(values()).forEach(opcode -> BY_CODE[opcode.code] = opcode);
    }

    private final int code;

    PickleOpcode(int code) {
        this.code = code;
    }

    /** The opcode of a byte, if it is one of these. */
    static Optional<PickleOpcode> of(int code) {
        return Optional.ofNullable(BY_CODE[code]);
    }
}
