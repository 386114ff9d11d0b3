package io.xceptionc.compiler.format.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightNameTest {

    @ParameterizedTest
    @CsvSource({"block1_conv1/kernel:0, block1_conv1, kernel", "block1_conv1/kernel, block1_conv1, kernel",
        "model_1/conv_7/kernel:0, conv_7, kernel", "block1_conv1_W_1:0, '', kernel", "block1_conv1_W:0, '', kernel",
        "dense_2_b_1:0, '', bias", "bn_gamma_3:0, '', gamma", "bn_running_mean_1:0, '', moving_mean",
        "bn_running_std_1:0, '', moving_variance", "sep_2_depthwise_kernel_2:0, '', depthwise_kernel",
        "sep_2_pointwise_kernel:0, '', pointwise_kernel", "convolution2d_1_W, '', kernel",
        "sep_1/depthwise_kernel_1:0, sep_1, depthwise_kernel", "gru/recurrent_kernel:0, gru, recurrent_kernel",
        "norm/count:0, norm, count", "'', '', ''", "/, '', ''", ":0, '', ''"})
    void namesAreTakenApart(String name, String scope, String weight) {
        assertEquals(new WeightName(scope, weight), WeightName.of(name));
    }
}
