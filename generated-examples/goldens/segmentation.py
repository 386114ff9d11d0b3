"""Networks that segment: the one that finds figures, and the U-Net of Keras' example."""
import torch.nn.functional as functional

from network import SAME


def shapes_segmentation(net, source):
    """[96, 96, 3] to a score for each of five classes, [48, 48, 5]; ../training/segmentation_network.py."""
    half = net.relu("half", net.batch_norm("stem_bn", net.conv2d("stem", source, 16, 3, stride=2, padding=1)))
    x = separable(net, "down", half, 48, stride=2)
    for index, dilation in enumerate((1, 2, 4, 2, 1)):
        x = widening(net, f"middle.{index}", x, dilation)
    quarter = x
    x = separable(net, "deep", x, 48, stride=2)
    for index, dilation in enumerate((1, 2)):
        x = widening(net, f"deeper.{index}", x, dilation)
    x = net.concat("concat", doubled(net, "to_quarter", x), quarter)
    x = separable(net, "merge", x, 48)
    x = net.concat("concat_2", doubled(net, "to_half", x), half)
    x = separable(net, "decoder", x, 32)
    return net.conv2d("scores", x, 5, 1, bias=True)


def separable(net, name, source, filters, stride=1, dilation=1):
    """A depthwise convolution with dilation, a pointwise one, batch norm, relu."""
    depthwise_name = net.tensor_name(name, "separable depthwise")
    x = net.convolve_depthwise(depthwise_name, source, (3, 3), dilation, 1, (stride, stride), dilation)
    weight = net.conv_kernel(net.tensor_name(name, "separable pointwise"), (1, 1, source.channels, filters))
    x = net.done(name, "separable_conv2d", net.convolve(x, weight, (1, 1), 0), source)
    return net.relu(f"{name}.relu", net.batch_norm(f"{name}.bn", x))


def widening(net, name, source, dilation):
    return net.add(f"{name}.add", separable(net, name, source, 48, dilation=dilation), source)


def doubled(net, name, source):
    """Bilinear between the centres of pixels."""
    values = functional.interpolate(source.values, scale_factor=2, mode="bilinear", align_corners=False)
    return net.done(name, "up_sampling2d", values, source)


def numbered(word, number):
    """Keras' names of unnamed layers: word, word_1, word_2, ..."""
    return word if number == 0 else f"{word}_{number}"


def unet_xception(net, source):
    """get_model of keras.io/examples/vision/oxford_pets_image_segmentation; a probability for each of three classes."""
    x = net.conv2d("conv2d", source, 32, 3, stride=2, padding=SAME, bias=True)
    x = net.relu("activation", net.batch_norm("batch_normalization", x))
    for block, filters in enumerate((64, 128, 256)):
        entered = x
        for i in (2 * block, 2 * block + 1):
            x = net.relu(f"activation_{i + 1}", x)
            x = net.separable_conv2d(numbered("separable_conv2d", i), x, filters, 3, SAME, bias=True)
            x = net.batch_norm(f"batch_normalization_{i + 1}", x)
        x = net.max_pool2d(numbered("max_pooling2d", block), x, 3, 2, SAME)
        skip = net.conv2d(f"conv2d_{block + 1}", entered, filters, 1, stride=2, padding=SAME, bias=True)
        x = net.add(numbered("add", block), x, skip)
    for block, filters in enumerate((256, 128, 64, 32)):
        entered = x
        for i in (2 * block, 2 * block + 1):
            x = net.relu(f"activation_{i + 7}", x)
            x = net.conv2d_transpose(numbered("conv2d_transpose", i), x, filters, 3)
            x = net.batch_norm(f"batch_normalization_{i + 7}", x)
        x = repeated(net, numbered("up_sampling2d", 2 * block), x)
        skip = repeated(net, f"up_sampling2d_{2 * block + 1}", entered)
        skip = net.conv2d(f"conv2d_{block + 4}", skip, filters, 1, padding=SAME, bias=True)
        x = net.add(f"add_{block + 3}", x, skip)
    return net.softmax("conv2d_8_activation", net.conv2d("conv2d_8", x, 3, 3, padding=SAME, bias=True))


def repeated(net, name, source):
    """Each pixel twice in both directions."""
    values = source.values.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
    return net.done(name, "up_sampling2d", values, source)
