package io.xceptionc.compiler.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.xceptionc.compiler.graph.Tensor;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.graph.op.ChannelScale;
import io.xceptionc.compiler.graph.op.GammaBeta;
import io.xceptionc.compiler.graph.op.GroupNorm;
import io.xceptionc.compiler.graph.op.L2Norm;
import io.xceptionc.compiler.graph.op.LayerNorm;
import io.xceptionc.compiler.graph.op.Op;
import io.xceptionc.compiler.graph.op.ResponseNorm;
import io.xceptionc.compiler.graph.op.Scale;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Against what PyTorch 2.15 makes of the same image. */
class NormsTest {

    private static final ExactValue IMAGE =
            ExactValue.of(TensorType.image(2, 2, 3), 1, 2, 0, 3, -1, 5, -2, 4, -3, 0.5f, 0.25f, 0.125f);
    private static final ExactValue OF_FOUR = ExactValue.of(TensorType.image(2, 2, 4), 1, 2, 0, 0, 3, -1, 5, 10, -2, 4,
            -3, -6, 0.5f, 0.25f, 0.125f, 0.25f);
    private static final GammaBeta WEIGHTS =
            new GammaBeta(Optional.of(vector(2, -1, 0.5f)), Optional.of(vector(0.25f, 0, -1)));
    private static final GammaBeta SCALE = new GammaBeta(WEIGHTS.gamma(), Optional.empty());

    @Test
    void layersAreTheChannelsOfAPixel() {
        assertYields(new LayerNorm(true, WEIGHTS, 1e-3), IMAGE, 0.25, -1.2238274, -1.6119137, 0.7844794, 1.3361989,
                -0.4655205, -0.8282713, -1.4017527, -1.4313085, 2.8692737, 0.2619273, -1.5238547);
        assertYields(new LayerNorm(false, SCALE, 1e-3), IMAGE, 1.5487287, -1.5487287, 0, 1.7565447, 0.2927575,
                0.7318937, -1.2864685, -1.2864685, -0.4824257, 3.0099869, -0.7524967, 0.1881242);
    }

    @Test
    void groupsAreOfTheWholeImage() {
        assertYields(new GroupNorm(OptionalInt.empty(), WEIGHTS, 1e-3), IMAGE, 0.6710511, -0.3651975, -1.0926323,
                2.9166567, 1.2283914, -0.2207993, -2.6973574, -1.4275901, -1.6157321, 0.1096497, 0.564396, -1.0708364);
        assertYields(new GroupNorm(OptionalInt.of(1), WEIGHTS, 1e-3), IMAGE, 0.4068099, -0.5211624, -1.1821762,
                2.1778398, 0.80711, -0.0752826, -2.2497349, -1.4066774, -1.8463124, -0.0359475, 0.2536631, -1.1545039);
        assertYields(new GroupNorm(OptionalInt.of(2), GammaBeta.NONE, 1e-3), OF_FOUR, 0.01676, 0.5530794, -0.1754629,
                -0.1754629, 1.0893987, -1.0558788, 0.9254807, 2.0264244, -1.5921981, 1.6257181, -0.8360291, -1.4965953,
                -0.2513997, -0.3854795, -0.1479393, -0.1204157);
    }

    @Test
    void lengthsBecomeOneUnlessTheyNearlyVanish() {
        assertYields(new L2Norm(1e-12), IMAGE, 0.4472136, 0.8944272, 0, 0.5070925, -0.1690308, 0.8451542, -0.3713907,
                0.7427813, -0.5570861, 0.8728715, 0.4364358, 0.2182179);
        assertYields(new L2Norm(4), IMAGE, 0.25, 0.5, 0, 0.5070925, -0.1690308, 0.8451542, -0.3713907, 0.7427813,
                -0.5570861, 0.125, 0.0625, 0.03125);
        assertYields(new L2Norm(1e-12), ExactValue.of(TensorType.vector(2), 0, 0), 0, 0);
    }

    @Test
    void responsesAreOfChannelsAround() {
        assertYields(new ResponseNorm(3, 0.5, 0.75, 2), OF_FOUR, 0.4579065, 0.9158129, 0, 0, 1.1321857, -0.2135699,
                0.4760737, 0.957355, -0.5698768, 0.9464235, -0.4605137, -1.1088136, 0.2916243, 0.1456735, 0.0736788,
                0.1479292);
        assertYields(new ResponseNorm(2, 0.5, 0.75, 2), OF_FOUR, 0.4131307, 0.8773827, 0, 0, 0.9709835, -0.2008796,
                0.361099, 0.8442619, -0.4647362, 0.8217118, -0.4319757, -0.9933602, 0.2888792, 0.1475714, 0.0737857,
                0.1477858);
    }

    @Test
    void scalesMultiplyAndThenAdd() {
        ExactValue x = ExactValue.of(TensorType.image(1, 2, 2), 5, -5, 7, 0);
        assertYields(Scale.of(-1, 1), x, -4, 6, -6, 1);
        assertYields(new Scale(List.of(2f), List.of(1f, 10f)), x, 11, 0, 15, 10);
        assertYields(new ChannelScale(new GammaBeta(Optional.of(vector(2, -3)), Optional.empty())), x, 10, 15, 14, 0);
        assertYields(new ChannelScale(new GammaBeta(Optional.empty(), Optional.of(vector(2, -3)))), x, 7, -8, 9, -3);
    }

    private static Tensor vector(float... values) {
        return Tensor.vector("vector", values);
    }

    private static void assertYields(Op op, ExactValue x, double... expected) {
        assertArrayEquals(expected, ReferenceInterpreter.apply(op, List.of(x)).elements(), 1e-6);
    }
}
