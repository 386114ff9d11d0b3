package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.weights.SeededValues;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {

    private static final String LISTING = """
            conv1/kernel F32 [3, 3, 3, 8]
            bn1/gamma F32 [8]
            bn1/beta F32 [8]
            bn1/moving_mean F32 [8]
            bn1/moving_variance F32 [8]
            sep1/depthwise_kernel F32 [3, 3, 8, 1]
            sep1/pointwise_kernel F32 [1, 1, 8, 16]
            sep1_bn/gamma F32 [16]
            sep1_bn/beta F32 [16]
            sep1_bn/moving_mean F32 [16]
            sep1_bn/moving_variance F32 [16]
            sep2/depthwise_kernel F32 [3, 3, 16, 1]
            sep2/pointwise_kernel F32 [1, 1, 16, 16]
            sep2_bn/gamma F32 [16]
            sep2_bn/beta F32 [16]
            sep2_bn/moving_mean F32 [16]
            sep2_bn/moving_variance F32 [16]
            skip/kernel F32 [1, 1, 8, 16]
            skip_bn/gamma F32 [16]
            skip_bn/beta F32 [16]
            skip_bn/moving_mean F32 [16]
            skip_bn/moving_variance F32 [16]
            dw/depthwise_kernel F32 [3, 3, 16, 1]
            dw/bias F32 [16]
            predictions/kernel F32 [16, 5]
            predictions/bias F32 [5]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"keras1.h5", "keras2.h5", "keras2-model.h5", "keras3-model.h5", "chunked-names.h5",
        "latest.h5", "user-block.h5", "nested.h5", "small.keras", "deflated.keras"})
    void tensorsHaveTheNamesOfKeras2InTheOrderOfTheModel(String name) throws InvalidInputException {
        try (KerasFile file = KerasFiles.open(name)) {
            assertEquals(LISTING, KerasFiles.listing(file));
            requireValues(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compressed.h5", "latest-compressed.h5"})
    void chunksAreDecompressedAndPutTogether(String name) throws InvalidInputException {
        try (KerasFile file = KerasFiles.open(name)) {
            assertEquals(LISTING, KerasFiles.listing(file).replace("F64", "F32"));
            assertTrue(KerasFiles.listing(file).contains("F64"));
            requireValues(file);
        }
    }

    /** The values are those of the formula, with which Python has made them. */
    private static void requireValues(KerasFile file) throws InvalidInputException {
        for (TensorInfo tensor : file.tensors()) {
            float[] expected = values(tensor);
            assertArrayEquals(expected, file.values(tensor.name()), tensor.name());
        }
    }

    private static float[] values(TensorInfo tensor) {
        int count = Math.toIntExact(tensor.elementCount());
        String weight = tensor.name().substring(tensor.name().indexOf('/') + 1);
        return switch (weight) {
            case "gamma", "moving_variance" -> SeededValues.of(1, tensor.name(), count, 0.5, 1.5);
            case "beta", "moving_mean", "bias" -> SeededValues.of(1, tensor.name(), count, -0.1, 0.1);
            default -> {
                long outputs = weight.equals("depthwise_kernel")
                        ? tensor.shape().get(2) * tensor.shape().get(3)
                        : tensor.shape().getLast();
                double high = Math.sqrt(3.0 * outputs / count);
                yield SeededValues.of(1, tensor.name(), count, -high, high);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"keras3.weights.h5", "keras2.13.weights.h5"})
    void withoutAConfigLayersAreCalledByTheirDirectories(String name) throws InvalidInputException {
        try (KerasFile file = KerasFiles.open(name)) {
            assertEquals("""
                    batch_normalization/gamma F32 [8]
                    batch_normalization/beta F32 [8]
                    batch_normalization/moving_mean F32 [8]
                    batch_normalization/moving_variance F32 [8]
                    batch_normalization_1/gamma F32 [16]
                    batch_normalization_1/beta F32 [16]
                    batch_normalization_1/moving_mean F32 [16]
                    batch_normalization_1/moving_variance F32 [16]
                    batch_normalization_2/gamma F32 [16]
                    batch_normalization_2/beta F32 [16]
                    batch_normalization_2/moving_mean F32 [16]
                    batch_normalization_2/moving_variance F32 [16]
                    batch_normalization_3/gamma F32 [16]
                    batch_normalization_3/beta F32 [16]
                    batch_normalization_3/moving_mean F32 [16]
                    batch_normalization_3/moving_variance F32 [16]
                    conv2d/kernel F32 [3, 3, 3, 8]
                    conv2d_1/kernel F32 [1, 1, 8, 16]
                    dense/kernel F32 [16, 5]
                    dense/bias F32 [5]
                    depthwise_conv2d/depthwise_kernel F32 [3, 3, 16, 1]
                    depthwise_conv2d/bias F32 [16]
                    separable_conv2d/depthwise_kernel F32 [3, 3, 8, 1]
                    separable_conv2d/pointwise_kernel F32 [1, 1, 8, 16]
                    separable_conv2d_1/depthwise_kernel F32 [3, 3, 16, 1]
                    separable_conv2d_1/pointwise_kernel F32 [1, 1, 16, 16]
                    """, KerasFiles.listing(file));
        }
    }

    @Test
    void namesThatKeras3HasSavedAreTaken() throws InvalidInputException {
        try (KerasFile file = KerasFiles.open("keras3-named.weights.h5")) {
            assertEquals(LISTING.lines().sorted().toList(), KerasFiles.listing(file).lines().sorted().toList());
            requireValues(file);
            assertEquals("/layers/separable_conv2d_1/vars/1", file.originalName("sep2/pointwise_kernel"));
        }
    }

    @ParameterizedTest
    @CsvSource({"keras1.h5, HDF5 weights of Keras 1, /conv1/conv1_W_1:0",
        "keras2.h5, HDF5 weights of Keras 2.11.0, /conv1/conv1/kernel:0",
        "keras2-model.h5, HDF5 model of Keras 2.11.0, /model_weights/conv1/conv1/kernel:0",
        "keras3-model.h5, HDF5 model of Keras 3.4.1, /model_weights/conv1/conv1/kernel",
        "small.keras, archive of Keras 3.4.1, /layers/conv2d/vars/0",
        "keras3-named.weights.h5, HDF5 weights of Keras 3, /layers/conv2d/vars/0"})
    void versionAndOriginalNamesAreKept(String name, String format, String original) throws InvalidInputException {
        try (KerasFile file = KerasFiles.open(name)) {
            assertEquals(format, file.format());
            assertEquals(original, file.originalName("conv1/kernel"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keras2-model.h5", "keras3-model.h5", "small.keras"})
    void epsilonsAreThoseOfTheConfig(String name) throws InvalidInputException {
        try (KerasFile file = KerasFiles.open(name)) {
            assertEquals(Map.of("bn1", 1e-3, "sep1_bn", 1e-3, "sep2_bn", 1e-3, "skip_bn", 1e-3), file.epsilons());
        }
        try (KerasFile file = KerasFiles.open("keras2.h5")) {
            assertEquals(Map.of(), file.epsilons());
        }
    }

    @Test
    void allFloatingPointTypesAreRead() throws InvalidInputException {
        try (KerasFile file = KerasFiles.open("types.weights.h5")) {
            assertEquals("""
                    dense/kernel F16 [4, 4]
                    dense_1/kernel F32 [4, 4]
                    dense_2/kernel F64 [4, 4]
                    dense_3/kernel BF16 [4, 4]
                    """, KerasFiles.listing(file));
            float[] quarters = {-2, -1.75f, -1.5f, -1.25f, -1, -0.75f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f, 1, 1.25f,
                1.5f, 1.75f};
            for (TensorInfo tensor : file.tensors()) {
                assertArrayEquals(quarters, file.values(tensor.name()), tensor.name());
            }
        }
    }
}
