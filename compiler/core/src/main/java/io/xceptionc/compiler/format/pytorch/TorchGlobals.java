package io.xceptionc.compiler.format.pytorch;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.diagnostic.Quotation;
import io.xceptionc.compiler.format.pytorch.PickleValue.Dictionary;
import io.xceptionc.compiler.format.pytorch.PickleValue.Global;
import io.xceptionc.compiler.format.pytorch.PickleValue.Opaque;
import io.xceptionc.compiler.format.pytorch.PickleValue.Sequence;
import io.xceptionc.compiler.format.pytorch.PickleValue.Storage;
import io.xceptionc.compiler.format.pytorch.PickleValue.Text;
import io.xceptionc.compiler.format.pytorch.PickleValue.View;
import io.xceptionc.compiler.format.pytorch.PickleValue.Whole;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions and classes that pickles of tensors name, and what comes of a call, which is worked out here.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v1.13.1/torch/_utils.py">what PyTorch's functions do</a>
 */
final class TorchGlobals {

    private static final String ORDERED_DICT = "collections.OrderedDict";
    private static final String SIZE = "torch.Size";
    private static final String DEVICE = "torch.device";
    private static final String TENSOR = "torch._utils._rebuild_tensor";
    private static final String TENSOR_V2 = "torch._utils._rebuild_tensor_v2";
    private static final String TENSOR_V3 = "torch._utils._rebuild_tensor_v3";
    private static final String PARAMETER = "torch._utils._rebuild_parameter";
    private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";

    private static final Set<String> FUNCTIONS = Set.of(ORDERED_DICT, SIZE, DEVICE, TENSOR, TENSOR_V2, TENSOR_V3,
            PARAMETER, PARAMETER_WITH_STATE);

    private static final int PERSISTENT_FIELDS = 5;
    /**
     * Where the metadata of a tensor is among the arguments; in version 3, its type is there, and the metadata follow.
     */
    private static final int METADATA_V2 = 6;

    private final PickleReader reader;
    private final TensorViews views;

    TorchGlobals(PickleReader reader, Map<String, Storage> storages) {
        this.reader = reader;
        this.views = new TensorViews(reader, storages);
    }

    /** What a name stands for, refused if it is none of the few that tensors need. */
    Global named(String module, String name) throws InvalidInputException {
        String qualified = module + "." + name;
        if (!FUNCTIONS.contains(qualified) && !TorchTypes.isType(qualified)) {
            throw reader.problem("wants " + Quotation.of(qualified) + ", which is none of the few things that tensors"
                    + " need", isClass(name) ? Unpickler.WHOLE_MODULE : Unpickler.RESAVE);
        }
        return new Global(qualified);
    }

    /** Whether a name is that of a class, as one of modules is. */
    private static boolean isClass(String name) {
        return name.matches("[A-Z]\\w{0,100}") && !name.endsWith("Storage");
    }

    /** What a call gives. */
    PickleValue call(Global function, List<PickleValue> arguments) throws InvalidInputException {
        return switch (function.name()) {
            case ORDERED_DICT -> orderedDict(arguments);
            case SIZE -> argument(function, arguments, 0, Sequence.class);
            case DEVICE -> Opaque.VALUE;
            case TENSOR, TENSOR_V2 -> {
                requireNoMetadata(arguments, METADATA_V2);
                Storage storage = argument(function, arguments, 0, Storage.class);
                yield views.of(storage, storage.type(), argument(function, arguments, 1, Whole.class),
                        argument(function, arguments, 2, Sequence.class),
                        argument(function, arguments, 3, Sequence.class));
            }
            case TENSOR_V3 -> {
                requireNoMetadata(arguments, METADATA_V2 + 1);
                yield views.of(argument(function, arguments, 0, Storage.class),
                        TorchTypes.of(argument(function, arguments, METADATA_V2, Global.class), reader),
                        argument(function, arguments, 1, Whole.class), argument(function, arguments, 2, Sequence.class),
                        argument(function, arguments, 3, Sequence.class));
            }
            case PARAMETER, PARAMETER_WITH_STATE -> argument(function, arguments, 0, View.class);
            default -> throw reader.problem("calls " + Quotation.of(function.name()) + ", which is no function",
                    Unpickler.RESAVE);
        };
    }

    /** A tensor whose bytes are not its values has metadata: those of a negated or conjugated view. */
    private void requireNoMetadata(List<PickleValue> arguments, int index) throws InvalidInputException {
        if (index < arguments.size() && arguments.get(index) instanceof Dictionary metadata && metadata.size() > 0) {
            throw reader.problem("has a tensor that is a negated or conjugated view",
                    "in Python, tensor.resolve_neg().resolve_conj() makes an ordinary one of it");
        }
    }

    /** Given nothing, or a list of pairs. */
    private Dictionary orderedDict(List<PickleValue> arguments) throws InvalidInputException {
        Dictionary dictionary = new Dictionary();
        if (arguments.isEmpty()) {
            return dictionary;
        }
        for (PickleValue pair : argument(new Global(ORDERED_DICT), arguments, 0, Sequence.class).elements()) {
            if (!(pair instanceof Sequence item) || item.elements().size() != 2) {
                throw reader.damaged("makes an ordered dictionary of what are no pairs");
            }
            dictionary.put(item.elements().getFirst(), item.elements().getLast());
        }
        return dictionary;
    }

    private <T extends PickleValue> T argument(Global function, List<PickleValue> arguments, int index, Class<T> type)
            throws InvalidInputException {
        if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
            throw reader.damaged("calls " + function.name() + " without a fitting argument " + (index + 1));
        }
        return type.cast(arguments.get(index));
    }

    /** The storage of a persistent id, {@code ('storage', type, key, device, element count)}. */
    Storage persistent(PickleValue id) throws InvalidInputException {
        if (!(id instanceof Sequence sequence) || sequence.elements().isEmpty()
                || !(sequence.elements().getFirst() instanceof Text kind)) {
            throw reader.problem("refers to something outside that is no storage", Unpickler.RESAVE);
        }
        List<PickleValue> fields = sequence.elements();
        if (!kind.value().equals("storage")) {
            throw reader.problem("refers to something outside, a " + Quotation.of(kind.value()) + " and no storage",
                    Unpickler.RESAVE);
        }
        if (fields.size() < PERSISTENT_FIELDS || !(fields.get(1) instanceof Global type)
                || !(fields.get(2) instanceof Text key) || !(fields.get(4) instanceof Whole count)) {
            throw reader.damaged("refers to a storage without its type, key and length");
        }
        if (fields.size() > PERSISTENT_FIELDS && fields.get(PERSISTENT_FIELDS) instanceof Sequence) {
            throw reader.problem("has a storage that is a part of another, as only PyTorch before 0.4 wrote it",
                    "load the file and save it again with a newer PyTorch");
        }
        return views.storage(key.value(), TorchTypes.of(type, reader), count.value());
    }
}
