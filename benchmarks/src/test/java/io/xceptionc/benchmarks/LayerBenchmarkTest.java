package io.xceptionc.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.benchmarks.engine.EngineKind;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Every layer, at every size that is measured, can be loaded by every engine and gives what the reference gives. */
class LayerBenchmarkTest {

    private static final List<Supplier<LayerBenchmark>> BENCHMARKS =
            List.of(DenseBenchmark::new, DepthwiseBenchmark::new, GlobalPoolBenchmark::new, PatchesBenchmark::new,
                    PoolingBenchmark::new, ProductBenchmark::new, SeparableBenchmark::new, WinogradBenchmark::new);

    static Stream<Arguments> layers() throws NoSuchFieldException {
        Stream.Builder<Arguments> layers = Stream.builder();
        for (Supplier<LayerBenchmark> benchmark : BENCHMARKS) {
            Field shape = benchmark.get().getClass().getField("shape");
            for (EngineKind engine : EngineKind.available()) {
                layers.add(Arguments.of(benchmark, engine, shape.getAnnotation(Param.class).value()[0]));
            }
        }
        return layers.build();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void givesWhatTheReferenceGives(Supplier<LayerBenchmark> supplier, EngineKind engine, String shape)
            throws Exception {
        LayerBenchmark benchmark = supplier.get();
        benchmark.getClass().getField("shape").set(benchmark, shape);
        benchmark.engine = engine;
        benchmark.threads = 2;
        benchmark.batch = 2;
        benchmark.open();
        benchmark.run();
        benchmark.close();
        assertEquals(shape, "%dx%dx%d -> %d".formatted(benchmark.shape().height(), benchmark.shape().width(),
                benchmark.shape().channelsIn(), benchmark.shape().channelsOut()));
    }
}
