"""DeepLabV3+ on Xception as bonlime ported it to Keras (keras-deeplab-v3-plus, model.py); arXiv:1802.02611.

Its names; layers that it leaves unnamed are called after those before them. The output stride is 16.
"""
from network import SAME

PYRAMID_EPSILON = 1e-5


def deeplab_v3_plus(net, source):
    x = net.conv2d("entry_flow_conv1_1", source, 32, 3, stride=2, padding=SAME)
    x = net.relu("entry_flow_conv1_1_relu", net.batch_norm("entry_flow_conv1_1_BN", x))
    x = net.conv2d("entry_flow_conv1_2", x, 64, 3, padding=SAME)
    x = net.relu("entry_flow_conv1_2_relu", net.batch_norm("entry_flow_conv1_2_BN", x))
    x, _ = residual(net, x, "entry_flow_block1", (128, 128, 128), 2)
    x, fine = residual(net, x, "entry_flow_block2", (256, 256, 256), 2)
    x, _ = residual(net, x, "entry_flow_block3", (728, 728, 728), 2)
    for i in range(1, 17):
        x, _ = residual(net, x, f"middle_flow_unit_{i}", (728, 728, 728), 1)
    x, _ = residual(net, x, "exit_flow_block1", (728, 1024, 1024), 1)
    for k, filters in enumerate((1536, 1536, 2048), start=1):
        x = acting_separable(net, x, f"exit_flow_block2_separable_conv{k}", filters, rate=2, epsilon=1e-3)
    x = pyramid(net, x)
    return decoder(net, x, fine, source)


def pyramid(net, x):
    """Atrous spatial pyramid pooling: the mean of the image, one pixel, and windows of three widths."""
    mean = net.conv2d("image_pooling", net.global_avg_pool2d("image_mean", x, keepdims=True), 256, 1)
    mean = net.relu("image_pooling_relu", net.batch_norm("image_pooling_BN", mean, PYRAMID_EPSILON))
    mean = net.resize("image_pooling_resize", mean, *x.values.shape[2:])
    pixel = net.batch_norm("aspp0_BN", net.conv2d("aspp0", x, 256, 1), PYRAMID_EPSILON)
    pixel = net.relu("aspp0_activation", pixel)
    wide = [acting_separable(net, x, f"aspp{i}", 256, rate=6 * i) for i in (1, 2, 3)]
    x = net.conv2d("concat_projection", net.concat("aspp_concat", mean, pixel, *wide), 256, 1)
    x = net.relu("concat_projection_relu", net.batch_norm("concat_projection_BN", x, PYRAMID_EPSILON))
    return net.dropout("concat_projection_dropout", x)


def decoder(net, x, fine, source):
    _, _, height, width = x.values.shape
    x = net.resize("concat_projection_resize", x, 4 * height, 4 * width, operation="up_sampling2d")
    fine = net.batch_norm("feature_projection0_BN", net.conv2d("feature_projection0", fine, 48, 1), PYRAMID_EPSILON)
    x = net.concat("decoder_concat", x, net.relu("feature_projection0_relu", fine))
    x = acting_separable(net, x, "decoder_conv0", 256)
    x = acting_separable(net, x, "decoder_conv1", 256)
    x = net.conv2d("logits_semantic", x, 21, 1, bias=True)
    return net.resize("logits_resize", x, *source.values.shape[2:])


def residual(net, entered, name, filters, stride):
    """The third convolution has the stride. Yields the sum, and what the second convolution made."""
    x, inner = entered, None
    for k, width in enumerate(filters, start=1):
        inner = x if k == 3 else None
        block = f"{name}_separable_conv{k}"
        x = net.relu(f"{block}_relu", x)
        x = net.depthwise_conv2d(f"{block}_depthwise", x, 3, stride=stride if k == 3 else 1, padding=1)
        x = net.conv2d(f"{block}_pointwise", net.batch_norm(f"{block}_depthwise_BN", x), width, 1)
        x = net.batch_norm(f"{block}_pointwise_BN", x)
    if entered.channels != x.channels:
        entered = net.conv2d(f"{name}_shortcut", entered, x.channels, 1, stride=stride)
        entered = net.batch_norm(f"{name}_shortcut_BN", entered)
    return net.add(f"{name}_add", x, entered), inner


def acting_separable(net, x, name, filters, rate=1, epsilon=PYRAMID_EPSILON):
    """A batch norm and a ReLU after each half."""
    x = net.depthwise_conv2d(f"{name}_depthwise", x, 3, padding=rate, dilation=rate)
    x = net.relu(f"{name}_depthwise_relu", net.batch_norm(f"{name}_depthwise_BN", x, epsilon))
    x = net.conv2d(f"{name}_pointwise", x, filters, 1)
    return net.relu(f"{name}_pointwise_relu", net.batch_norm(f"{name}_pointwise_BN", x, epsilon))
