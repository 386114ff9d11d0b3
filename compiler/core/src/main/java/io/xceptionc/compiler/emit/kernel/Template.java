package io.xceptionc.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import io.xceptionc.runtime.kernel.Copies;
import io.xceptionc.runtime.kernel.Depthwise;
import io.xceptionc.runtime.kernel.Frame;
import io.xceptionc.runtime.kernel.ImageLayout;
import io.xceptionc.runtime.kernel.Patches;
import io.xceptionc.runtime.kernel.Pooling;
import io.xceptionc.runtime.kernel.Product;
import io.xceptionc.runtime.kernel.Winograd;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Java source with holes. {@code $name:L} takes an argument as it is, {@code $name:T} a class, imported; the classes
 * that kernels are made of are always there under their simple names with a small first letter: {@code $floatVector:T}.
 */
final class Template {

    private static final Map<String, Object> CLASSES = Map.ofEntries(Map.entry("floatVector", FloatVector.class),
            Map.entry("intVector", IntVector.class),
            Map.entry("vectorOperators", VectorOperators.class), Map.entry("vectorShuffle", VectorShuffle.class),
            Map.entry("memorySegment", MemorySegment.class), Map.entry("frame", Frame.class),
            Map.entry("imageLayout", ImageLayout.class),
            Map.entry("product", Product.class), Map.entry("depthwise", Depthwise.class),
            Map.entry("patches", Patches.class),
            Map.entry("pooling", Pooling.class), Map.entry("winograd", Winograd.class),
            Map.entry("copies", Copies.class), Map.entry("math", Math.class));

    private Template() {}

    /** The text with its holes filled: {@code names} are pairs of a name and its argument. */
    static CodeBlock fill(String text, Object... names) {
        Map<String, Object> arguments = new HashMap<>(CLASSES);
        for (int i = 0; i < names.length; i += 2) {
            arguments.put((String) names[i], names[i + 1]);
        }
        return CodeBlock.builder().addNamed(text, arguments).build();
    }

    /** What follows an address or index to go on by a count: nothing for 0. */
    static String plus(int count) {
        return count == 0 ? "" : " + " + count;
    }

    /** What follows an address to go on by some equal steps: nothing for none. */
    static String plus(int count, String step) {
        return count == 0 ? "" : count == 1 ? " + " + step : " + " + count + " * " + step;
    }
}
