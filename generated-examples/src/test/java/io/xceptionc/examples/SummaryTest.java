package io.xceptionc.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.xceptionc.compiler.api.Compiler;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.lower.Summary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs of the zoo are right, and their networks as large as the published ones. */
class SummaryTest {

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Zoo#names")
    void checksWithoutAWarning(String spec) throws InvalidInputException {
        assertEquals(List.of(), Compiler.check(Zoo.spec(spec)));
    }

    @ParameterizedTest
    @CsvSource({"xception, 22910480, 22855952", "xception-pytorch, 22910480, 22855952",
        "xception-walkthrough, 12113384, 12094568", "googlenet-module, 164800, 164064",
        "factorised-module, 1300480, 1297408", "extreme-inception, 9024, 8448", "xception-shapes, 337882, 332794",
        "mobilenet, 4253864, 4231976", "mobilenet-v2, 3538984, 3504872", "inception-v3, 23869000, 23834568",
        "mobilenet-v3-small, 2554968, 2542856", "mobilenet-v3-large, 5507432, 5483032",
        "efficientnet-b0, 5330564, 5288548", "efficientnet-lite0, 4694024, 4652008", "resnet50, 25610152, 25557032",
        "densenet121, 8062504, 7978856", "mini-xception, 58423, 56951", "deeplab-v3-plus, 41258213, 41055413",
        "xception-from-scratch, 2731065, 2722777", "tiny-xception, 421731, 421731",
        "unet-xception, 2058979, 2055203"})
    void hasThePublishedNumberOfParameters(String spec, long parameters, long trainable) throws InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec(spec), Optional.empty());
        assertEquals(parameters, summary.parameters());
        assertEquals(trainable, summary.trainableParameters());
    }

    /** timm publishes millions with two decimals. */
    @ParameterizedTest
    @CsvSource({"xception41, 26.97", "xception41-stride8, 26.97", "xception65, 39.92", "xception71, 42.34"})
    void hasThePublishedMillionsOfParameters(String spec, double millions) throws InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec(spec), Optional.empty());
        assertEquals(millions, Math.round(summary.trainableParameters() / 1e4) / 100.0);
    }

    @Test
    void hasThePublishedNumberOfOperations() throws InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec("xception"), Optional.empty());
        assertEquals(8.36, Math.round(summary.macs() / 1e7) / 100.0);
    }

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#all")
    void hasAsManyParametersAsInPyTorch(Golden golden) throws InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec(golden.spec()), Optional.of(golden.size()));
        assertEquals(golden.trainable(), summary.trainableParameters());
        assertEquals(golden.trainable() + golden.statistics(), summary.parameters());
    }

    @ParameterizedTest
    @MethodSource("io.xceptionc.examples.Golden#all")
    void layersHaveTheShapesTheyHaveInPyTorch(Golden golden) throws InvalidInputException {
        Summary summary = Compiler.summarise(Zoo.spec(golden.spec()), Optional.of(golden.size()));
        assertEquals(golden.layers().stream().map(LayerStatistics::shape).toList(),
                summary.layers().stream().map(layer -> layer.name() + " " + asImage(layer.output())).toList());
    }

    private static List<Integer> asImage(List<Integer> shape) {
        return shape.size() == 1 ? List.of(1, 1, shape.getFirst()) : shape;
    }
}
