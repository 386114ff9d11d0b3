package io.xceptionc.compiler.raise;

import java.util.List;

/** What a separable convolution is called whose halves have names of their own. */
final class SeparableNames {

    private static final List<String> PARTS =
            List.of("pointwise", "conv_pw", "pw", "pointwise_conv", "pointwise_conv2d");

    private SeparableNames() {}

    /** {@code x} for {@code x.conv1} and {@code x.pointwise}, with any separator, else the pointwise half's name. */
    static String of(String depthwise, String pointwise) {
        for (String part : PARTS) {
            int end = pointwise.length() - part.length() - 1;
            if (end > 0 && pointwise.endsWith(part) && "./_".indexOf(pointwise.charAt(end)) >= 0
                    && depthwise.startsWith(pointwise.substring(0, end + 1))) {
                return pointwise.substring(0, end);
            }
        }
        return pointwise;
    }
}
