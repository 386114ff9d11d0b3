package io.xceptionc.compiler.emit.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.SourceVersion;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    private final Names names = new Names("runStep", "wait");

    @ParameterizedTest
    @CsvSource({"conv1, conv1", "block5_sepconv1, block5Sepconv1", "block5.rep.0, block5Rep0", "a/b/c, aBC",
        "Conv, conv", "CONV, cONV", "conv_, conv", "_conv, conv", "conv@2, conv2", "1x1, layer1x1", "__, layer",
        "class, layerClass", "int, layerInt", "null, layerNull", "true, layerTrue", "_, layer", "größe, grE",
        "'a\"); System.exit(1); //', aSystemExit1", "'*/ } {', layer", "'\\u000a', u000a", "runStep, runStep_2",
        "run_step, runStep_2", "wait, wait_2"})
    void methodsAreCalledLikeLayers(String layer, String method) {
        assertEquals(method, names.methodName(layer));
    }

    @Test
    void equalNamesAreNumbered() {
        List<String> layers = List.of("conv1", "conv_1", "Conv1", "conv.1", "conv1_2", "conv@1");
        assertEquals(List.of("conv1", "conv1_2", "conv1_3", "conv1_4", "conv12", "conv1_5"),
                layers.stream().map(names::methodName).toList());
    }

    /** {@code aBC} and {@code aBc} are two methods, but one constant. */
    @Test
    void namesDifferInMoreThanCase() {
        assertEquals(List.of("aBC", "aBc_2", "abc"),
                List.of("a_bC", "a_bc", "abc").stream().map(names::methodName).toList());
        assertEquals(List.of("A_BC", "A_BC_2", "ABC"),
                List.of("aBC", "aBc_2", "abc").stream().map(Names::constantName).toList());
    }

    @ParameterizedTest
    @CsvSource({"xception, Xception", "xception-shapes, XceptionShapes", "my_net, MyNet", "_, Model", "1x1, Model1x1",
        "math, ModelMath", "String, ModelString", "override, ModelOverride", "frame, ModelFrame",
        "network, ModelNetwork", "image_layout, ModelImageLayout", "class, Class_", "float_vector, FloatVector"})
    void classesAreCalledLikeModels(String model, String className) {
        assertEquals(className.equals("Class_") ? "ModelClass" : className, Names.className(model));
    }

    @ParameterizedTest
    @CsvSource({"xception, xception", "Xception-Shapes, xception_shapes", "a--b, a_b", "class, model_class",
        "int, model_int", "_, model__", "_x, _x", "1x1, model_1x1"})
    void packagesAreCalledLikeModels(String model, String last) {
        assertEquals("xceptionc.model." + last, Names.packageName(model));
    }

    @ParameterizedTest
    @CsvSource({"block1.rep/0@2, block1.rep/0@2", "'*/ class X {}', ?/?class?X???", "\\u002a/, ?u002a/",
        "{@link}, ?@link?", "<p>, ?p?", "größe, gr??e"})
    void commentsHoldNothingThatEndsThem(String name, String text) {
        assertEquals(text, Names.inComment(name));
    }

    @Property(tries = 500)
    void anyTextBecomesAnIdentifier(@ForAll String text) {
        assertTrue(isIdentifier(new Names().methodName(text)));
        assertTrue(isIdentifier(Names.className(text)));
        assertTrue(SourceVersion.isName(Names.packageName(text), SourceVersion.latest()));
        assertTrue(Names.inComment(text).matches("[A-Za-z0-9_./:@?-]*"));
    }

    @Property(tries = 200)
    void noTwoNamesBecomeOne(@ForAll List<String> texts) {
        Names fresh = new Names();
        Set<String> constants = new HashSet<>();
        for (String text : texts) {
            assertTrue(constants.add(Names.constantName(fresh.methodName(text))), text);
        }
    }

    private static boolean isIdentifier(String name) {
        return SourceVersion.isName(name, SourceVersion.latest()) && name.chars().allMatch(c -> c < 128);
    }
}
