package io.xceptionc.compiler.weights.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileTest {

    /** As of {@code torch.save({'keras_port': model.state_dict()}, path)}. */
    @Test
    void isThatOfTheFormatWhateverWordsAreInItsReport() {
        FileOf file = FileOf.format("PyTorch, state dict at 'keras_port'", Optional.of(TensorConvention.PYTORCH))
                .add("conv.weight", 8, 3, 3, 3);
        assertEquals(Profile.PYTORCH, Profile.of(file, NamingConvention.KERAS));
        assertFalse(Profile.isOfKeras(file));
    }

    @Test
    void isThatOfTheNamesWhereTheFormatLeavesItOpen() {
        FileOf file = FileOf.format("safetensors of keras", Optional.empty()).add("conv.weight", 8, 3, 3, 3);
        assertEquals(Profile.PYTORCH, Profile.of(file, NamingConvention.KERAS));
        assertFalse(Profile.isOfKeras(file));
    }
}
