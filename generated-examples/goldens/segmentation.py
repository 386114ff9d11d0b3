"""The network that finds figures, written from its training's definition (../training/segmentation_network.py)."""
import torch.nn.functional as functional


def shapes_segmentation(net, source):
    """[96, 96, 3] to a score for each of five classes, [48, 48, 5]."""
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
