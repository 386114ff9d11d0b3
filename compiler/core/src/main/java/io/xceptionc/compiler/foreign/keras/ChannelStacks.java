package io.xceptionc.compiler.foreign.keras;

import io.xceptionc.compiler.foreign.keras.LayerCall.Source;
import io.xceptionc.compiler.format.keras.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Channels that are taken out of an image one by one and stacked in another order, as {@code preprocess_input} makes
 * BGR of RGB: {@code stack([x[..., 2], x[..., 1], x[..., 0]], axis=-1) -> x[..., [2, 1, 0]]}.
 */
final class ChannelStacks {

    private ChannelStacks() {}

    /** The calls with each such stack as one call, which reads the image. */
    static List<LayerCall> joined(List<LayerCall> calls, List<Source> outputs) {
        Map<Source, LayerCall> taken = new HashMap<>();
        calls.stream().filter(ChannelStacks::takesChannel).forEach(call -> taken.put(call.result(), call));
        if (taken.isEmpty()) {
            return calls;
        }
        List<LayerCall> joined = new ArrayList<>();
        for (LayerCall call : calls) {
            joined.add(isStackOfOne(call, taken) ? joined(call, taken) : call);
        }
        Set<Source> read = new HashSet<>(outputs);
        joined.forEach(call -> read.addAll(call.inputs()));
        joined.removeIf(call -> taken.containsKey(call.result()) && !read.contains(call.result()));
        return joined;
    }

    private static boolean takesChannel(LayerCall call) {
        return Operations.word(call.layer()).equals("getitem") && call.inputs().size() == 1
                && channel(call).integer().isPresent();
    }

    /** The index in {@code x[..., index]}. */
    private static Json channel(LayerCall call) {
        Json key = call.arguments().get(1, "key", "slice_spec");
        boolean isLast = key.elements().size() == 2 && Indexing.isEllipsis(key.get(0));
        return isLast ? key.get(1) : Json.ABSENT;
    }

    private static boolean isStackOfOne(LayerCall call, Map<Source, LayerCall> taken) {
        Json axis = call.layer().config().get("axis").isPresent()
                ? call.layer().config().get("axis")
                : call.arguments().get(1, "axis");
        return Operations.word(call.layer()).equals("stack") && !call.inputs().isEmpty()
                && axis.integer().filter(last -> last == -1 || last == 3).isPresent()
                && call.inputs().stream().allMatch(taken::containsKey)
                && call.inputs().stream().map(source -> taken.get(source).inputs()).distinct().count() == 1;
    }

    private static LayerCall joined(LayerCall call, Map<Source, LayerCall> taken) {
        List<Json> order = call.inputs().stream().map(source -> channel(taken.get(source))).toList();
        List<Source> image = taken.get(call.inputs().getFirst()).inputs();
        return new LayerCall(call.layer(), call.index(), image, call.training(),
                new CallArguments(List.of(CallArguments.RESULT), Map.of(Operations.ORDER, Json.of(order))));
    }
}
