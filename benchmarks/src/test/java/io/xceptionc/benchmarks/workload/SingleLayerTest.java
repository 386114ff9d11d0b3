package io.xceptionc.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.language.Operators;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SingleLayerTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> layers() {
        return SingleLayer.ALL.stream().map(layer -> argumentSet(layer.name(), layer));
    }

    /** One does nothing, one is another whose size is a layer's. */
    @Test
    void everyOperatorIsAmongThem() {
        String text = String.join("\n", SingleLayer.ALL.stream().map(SingleLayer::layers).toList());
        assertEquals(List.of("resize2d_like", "dropout"), Operators.words().stream()
                .filter(word -> !Pattern.compile("\\b" + word + "\\b").matcher(text).find()).toList());
    }

    @Test
    void eachHasAFileOfItsOwn() throws Exception {
        HashSet<String> names = new HashSet<>();
        for (SingleLayer layer : SingleLayer.ALL) {
            names.add(layer.workload(folder.resolve("layer.yaml")).name());
        }
        assertEquals(SingleLayer.ALL.size(), names.size());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachIsANetwork(SingleLayer layer) throws Exception {
        TensorType input = layer.workload(folder.resolve("layer.yaml")).network().graph().input().type();
        assertEquals(layer.shape(), input.height() + "x" + input.width() + "x" + input.channels());
    }
}
