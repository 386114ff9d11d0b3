package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.pytorch.PickleValue.Dictionary;
import io.xceptionc.compiler.format.pytorch.PickleValue.Global;
import io.xceptionc.compiler.format.pytorch.PickleValue.Opaque;
import io.xceptionc.compiler.format.pytorch.PickleValue.Sequence;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;
import io.xceptionc.compiler.format.pytorch.PickleValue.Text;
import io.xceptionc.compiler.format.pytorch.PickleValue.Truth;
import io.xceptionc.compiler.format.pytorch.PickleValue.Whole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns pickles of protocols 2 to 5 into data. No class is loaded and no code is run: functions are names, a few of
 * which {@link TorchGlobals} knows how to do without; all others are refused. Time and memory are bounded by the number
 * of opcodes.
 *
 * @see <a href="https://docs.python.org/3/library/pickle.html#restricting-globals">restricting globals</a>
 */
final class Unpickler {

    static final String RESAVE = "in Python, torch.save(model.state_dict(), path) saves the tensors alone;"
            + " xceptionc never runs what is in a pickle";

    static final String WHOLE_MODULE =
            "it seems a whole module, whose code is elsewhere, and xceptionc never runs what is in a"
                    + " pickle; if you trust it and have the code, in Python: module = torch.load(path, weights_only=False),"
                    + " then torch.save(module.state_dict(), new_path), or of what it has as 'model'";

    /** Of some 90,000 tensors: each takes about 45. */
    static final int MOST_OPCODES = 4_000_000;

    private static final int OLDEST_PROTOCOL = 2;
    private static final int NEWEST_PROTOCOL = 5;

    private final PickleReader reader;
    private final PickleStack stack;
    private final TorchGlobals globals;

    private Unpickler(PickleReader reader, Map<String, Storage> storages) {
        this.reader = reader;
        this.stack = new PickleStack(reader);
        this.globals = new TorchGlobals(reader, storages);
    }

    /** The next pickle. */
    static PickleValue load(PickleReader reader) throws InvalidInputException {
        return load(reader, new HashMap<>());
    }

    /**
     * The next pickle.
     *
     * @param storages takes up all storages that it refers to, by their keys
     */
    static PickleValue load(PickleReader reader, Map<String, Storage> storages) throws InvalidInputException {
        return new Unpickler(reader, storages).run();
    }

    private PickleValue run() throws InvalidInputException {
        for (int count = 0; count < MOST_OPCODES; count++) {
            int code = reader.unsignedByte();
            PickleOpcode opcode = PickleOpcode.of(code).orElse(null);
            if (opcode == null) {
                throw reader.problem("has the opcode 0x%02x, which tensors do not need".formatted(code), RESAVE);
            }
            if (opcode == PickleOpcode.STOP) {
                return stack.result();
            }
            execute(opcode);
        }
        throw reader.problem("has more than " + MOST_OPCODES + " opcodes", RESAVE);
    }

    private void execute(PickleOpcode opcode) throws InvalidInputException {
        switch (opcode) {
            case PROTO -> requireProtocol();
            case FRAME -> requireFrame();
            case STOP -> throw new AssertionError("ends the run");
            case MARK -> stack.mark();
            case POP -> stack.pop();
            case POP_MARK -> stack.popMark();
            case DUP -> stack.push(stack.top());
            case NONE, NEWTRUE, NEWFALSE, BININT, BININT1, BININT2, LONG1, BINFLOAT, BINUNICODE, SHORT_BINUNICODE,
                    BINUNICODE8, BINSTRING, SHORT_BINSTRING, BINBYTES, SHORT_BINBYTES, BINBYTES8 ->
                    stack.push(literal(opcode));
            case EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3, FROZENSET ->
                    stack.push(new Sequence(true, elements(opcode)));
            case EMPTY_LIST, EMPTY_SET -> stack.push(Sequence.growing());
            case APPEND, APPENDS, ADDITEMS -> append(elements(opcode));
            case EMPTY_DICT -> stack.push(new Dictionary());
            case SETITEM, SETITEMS -> put(elements(opcode));
            case BINPUT -> stack.remember(reader.unsignedByte());
            case LONG_BINPUT -> stack.remember(reader.unsignedInt());
            case MEMOIZE -> stack.rememberNext();
            case BINGET -> stack.push(stack.recall(reader.unsignedByte()));
            case LONG_BINGET -> stack.push(stack.recall(reader.unsignedInt()));
            case GLOBAL, STACK_GLOBAL, REDUCE, BUILD, BINPERSID -> call(opcode);
        }
    }

    private PickleValue literal(PickleOpcode opcode) throws InvalidInputException {
        return switch (opcode) {
            case NEWTRUE -> new Truth(true);
            case NEWFALSE -> new Truth(false);
            case BININT -> new Whole(reader.signedInt());
            case BININT1 -> new Whole(reader.unsignedByte());
            case BININT2 -> new Whole(reader.unsignedShort());
            case LONG1 -> longNumber(reader.unsignedByte());
            case BINFLOAT -> skipped(Double.BYTES);
            case BINUNICODE, BINSTRING -> new Text(reader.text(reader.unsignedInt()));
            case SHORT_BINUNICODE, SHORT_BINSTRING -> new Text(reader.text(reader.unsignedByte()));
            case BINUNICODE8 -> new Text(reader.text(reader.signedLong()));
            case BINBYTES -> skipped(reader.unsignedInt());
            case SHORT_BINBYTES -> skipped(reader.unsignedByte());
            case BINBYTES8 -> skipped(reader.signedLong());
            default -> Opaque.VALUE;
        };
    }

    private PickleValue longNumber(int byteCount) throws InvalidInputException {
        return byteCount <= Long.BYTES ? new Whole(reader.truncatedLong(byteCount)) : skipped(byteCount);
    }

    private PickleValue skipped(long byteCount) throws InvalidInputException {
        reader.skip(byteCount);
        return Opaque.VALUE;
    }

    /** The values that an opcode takes to put them together. */
    private List<PickleValue> elements(PickleOpcode opcode) throws InvalidInputException {
        return switch (opcode) {
            case EMPTY_TUPLE -> List.of();
            case TUPLE1, APPEND -> stack.pop(1);
            case TUPLE2, SETITEM -> stack.pop(2);
            case TUPLE3 -> stack.pop(3);
            default -> stack.popMark();
        };
    }

    private void append(List<PickleValue> elements) throws InvalidInputException {
        if (!(stack.top() instanceof Sequence sequence) || sequence.isTuple()) {
            throw reader.damaged("appends to what is no list");
        }
        sequence.elements().addAll(elements);
    }

    private void put(List<PickleValue> items) throws InvalidInputException {
        if (!(stack.top() instanceof Dictionary dictionary)) {
            throw reader.damaged("sets items of what is no dictionary");
        }
        if (items.size() % 2 != 0) {
            throw reader.damaged("has a key without a value");
        }
        dictionary.items().addAll(items);
    }

    private void call(PickleOpcode opcode) throws InvalidInputException {
        switch (opcode) {
            case GLOBAL -> stack.push(globals.named(reader.line(), reader.line()));
            case STACK_GLOBAL -> {
                List<PickleValue> names = stack.pop(2);
                if (!(names.getFirst() instanceof Text module && names.getLast() instanceof Text name)) {
                    throw reader.problem("computes the name of what it wants", RESAVE);
                }
                stack.push(globals.named(module.value(), name.value()));
            }
            case REDUCE -> {
                List<PickleValue> call = stack.pop(2);
                if (!(call.getFirst() instanceof Global function && call.getLast() instanceof Sequence arguments)) {
                    throw reader.problem("calls what is no function", RESAVE);
                }
                stack.push(globals.call(function, arguments.elements()));
            }
            case BINPERSID -> stack.push(globals.persistent(stack.pop()));
            default -> ignoreAttributes();
        }
    }

    /** The attributes of an ordered dictionary, of which PyTorch gives a state dict {@code _metadata}. */
    private void ignoreAttributes() throws InvalidInputException {
        stack.pop();
        if (!(stack.top() instanceof Dictionary)) {
            throw reader.problem("sets the state of what is no dictionary", RESAVE);
        }
    }

    private void requireProtocol() throws InvalidInputException {
        int protocol = reader.unsignedByte();
        if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
            throw reader.problem("is of protocol " + protocol + "; " + OLDEST_PROTOCOL + " to " + NEWEST_PROTOCOL
                    + " are supported", RESAVE);
        }
    }

    private void requireFrame() throws InvalidInputException {
        long byteCount = reader.signedLong();
        if (Long.compareUnsigned(byteCount, reader.remaining()) > 0) {
            throw reader.damaged("is cut off: it has a frame of " + Long.toUnsignedString(byteCount)
                    + " bytes, but only " + reader.remaining() + " follow");
        }
    }
}
