"""Layers in float64 on PyTorch that write down what they did: name, operation, inputs, statistics, parameters.

A network is a plain function that calls these methods; so its text is its definition, and nothing of xceptionc is used.
"""
import math
from dataclasses import dataclass

import numpy
import torch
import torch.nn.functional as functional

SAME = "same"
VALID = 0

TENSOR_SUFFIXES = {
    "keras": {
        "kernel": "/kernel",
        "bias": "/bias",
        "depthwise": "/depthwise_kernel",
        "separable depthwise": "/depthwise_kernel",
        "separable pointwise": "/pointwise_kernel",
        "separable bias": "/bias",
        "gamma": "/gamma",
        "beta": "/beta",
        "moving mean": "/moving_mean",
        "moving variance": "/moving_variance",
    },
    "pytorch": {
        "kernel": ".weight",
        "bias": ".bias",
        "depthwise": ".weight",
        "separable depthwise": ".conv1.weight",
        "separable pointwise": ".pointwise.weight",
        "separable bias": ".pointwise.bias",
        "gamma": ".weight",
        "beta": ".bias",
        "moving mean": ".running_mean",
        "moving variance": ".running_var",
    },
}


@dataclass
class Activation:
    """The output of a layer: [batch, channels, height, width], or [batch, channels] after global pooling."""

    name: str
    values: torch.Tensor

    @property
    def channels(self):
        return self.values.shape[1]

    def channels_last(self):
        """The values in the order batch, height, width, channels."""
        values = self.values
        return (values.permute(0, 2, 3, 1) if values.dim() == 4 else values).contiguous().numpy()


def pair(value):
    """n -> (n, n); a pair stays itself."""
    return value if isinstance(value, tuple) else (value, value)


def same_padding(size, kernel, stride):
    """TensorFlow's SAME: (before, after); an odd total puts the greater part after."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def pad(values, padding, kernel, stride, dilation=1, fill=0.0):
    """Pads height and width by `same`, by n, or by (vertical, horizontal)."""
    if padding == SAME:
        top, bottom = same_padding(values.shape[2], (kernel[0] - 1) * dilation + 1, stride[0])
        left, right = same_padding(values.shape[3], (kernel[1] - 1) * dilation + 1, stride[1])
    else:
        (top, left) = (bottom, right) = pair(padding)
    return functional.pad(values, (left, right, top, bottom), value=fill)


class Network:
    """Runs layers and keeps the record of them.

    `convention` is `keras` or `pytorch`, and settles the tensors' names; `epsilon` is that of each batch norm
    which has none of its own. A layer
    called `name@2` is the second use of the layer `name` and has its weights.
    """

    def __init__(self, convention, epsilon, weights):
        self.convention = convention
        self.epsilon = epsilon
        self.weights = weights
        self.wiring = []
        self.statistics = []
        self.trained = {}
        self.untrained = {}

    def input(self, values):
        """The input, from an array [batch, height, width, channels]."""
        return Activation("input", torch.from_numpy(values).double().permute(0, 3, 1, 2))

    def conv2d(self, name, source, filters, kernel, stride=1, padding=VALID, bias=False):
        weight = self.conv_kernel(self.tensor_name(name, "kernel"), (*pair(kernel), source.channels, filters))
        values = self.convolve(source.values, weight, pair(stride), padding)
        return self.done(name, "conv2d", values + self.bias(name, filters, bias), source)

    def conv2d_transpose(self, name, source, filters, kernel):
        """TensorFlow's SAME with a stride of 1 and an odd kernel, with a bias: as many rows as before."""
        tensor_name = self.tensor_name(name, "kernel")
        weight = self.conv_kernel(tensor_name, (kernel, kernel, source.channels, filters))
        spread = torch.from_numpy(numpy.ascontiguousarray(weight.transpose(2, 3, 0, 1))).double()
        values = functional.conv_transpose2d(source.values, spread, padding=kernel // 2)
        return self.done(name, "conv2d_transpose", values + self.bias(name, filters, True), source)

    def depthwise_conv2d(self, name, source, kernel, stride=1, padding=VALID, dilation=1, multiplier=1, bias=False):
        values = self.convolve_depthwise(
            self.tensor_name(name, "depthwise"), source, pair(kernel), padding, multiplier, pair(stride), dilation)
        return self.done(name, "depthwise_conv2d", values + self.bias(name, values.shape[1], bias), source)

    def separable_conv2d(self, name, source, filters, kernel, padding, bias=False):
        """A depthwise convolution, then a pointwise one, nothing between them."""
        depthwise_name = self.tensor_name(name, "separable depthwise")
        values = self.convolve_depthwise(depthwise_name, source, pair(kernel), padding, 1)
        weight = self.conv_kernel(self.tensor_name(name, "separable pointwise"), (1, 1, source.channels, filters))
        values = self.convolve(values, weight, (1, 1), VALID) + self.bias(name, filters, bias, "separable bias")
        return self.done(name, "separable_conv2d", values, source)

    def conv_kernel(self, tensor_name, shape):
        weight = self.weights.conv_kernel(tensor_name, shape)
        self.trained[tensor_name] = weight.size
        return weight

    def convolve(self, values, weight, stride, padding):
        padded = pad(values, padding, weight.shape[:2], stride)
        kernel = torch.from_numpy(numpy.ascontiguousarray(weight.transpose(3, 2, 0, 1))).double()
        return functional.conv2d(padded, kernel, stride=stride)

    def convolve_depthwise(self, tensor_name, source, kernel, padding, multiplier, stride=(1, 1), dilation=1):
        weight = self.weights.depthwise_kernel(tensor_name, (*kernel, source.channels, multiplier))
        self.trained[tensor_name] = weight.size
        padded = pad(source.values, padding, kernel, stride, dilation)
        filters = weight.transpose(2, 3, 0, 1).reshape(source.channels * multiplier, 1, *kernel)
        filters = torch.from_numpy(numpy.ascontiguousarray(filters)).double()
        return functional.conv2d(padded, filters, stride=stride, dilation=dilation, groups=source.channels)

    def bias(self, name, channels, present, role="bias"):
        if not present:
            return 0.0
        return self.channel_vector(self.trained, self.tensor_name(name, role), self.weights.shift, channels)

    def batch_norm(self, name, source, epsilon=None):
        channels = source.channels
        gamma = self.channel_vector(self.trained, self.tensor_name(name, "gamma"), self.weights.scale, channels)
        beta = self.channel_vector(self.trained, self.tensor_name(name, "beta"), self.weights.shift, channels)
        mean = self.channel_vector(self.untrained, self.tensor_name(name, "moving mean"), self.weights.shift, channels)
        variance = self.channel_vector(
            self.untrained, self.tensor_name(name, "moving variance"), self.weights.scale, channels)
        values = (source.values - mean) / torch.sqrt(variance + (epsilon or self.epsilon)) * gamma + beta
        return self.done(name, "batch_norm", values, source)

    def channel_vector(self, counted, tensor_name, read, channels):
        counted[tensor_name] = channels
        return torch.from_numpy(read(tensor_name, channels).copy()).double().reshape(1, channels, 1, 1)

    def relu(self, name, source):
        return self.done(name, "relu", torch.relu(source.values), source)

    def relu6(self, name, source):
        return self.done(name, "relu6", torch.clamp(source.values, 0.0, 6.0), source)

    def sigmoid(self, name, source):
        return self.done(name, "sigmoid", torch.sigmoid(source.values), source)

    def swish(self, name, source):
        return self.done(name, "swish", source.values * torch.sigmoid(source.values), source)

    def hard_sigmoid(self, name, source):
        return self.done(name, "hard_sigmoid", functional.hardsigmoid(source.values), source)

    def hard_swish(self, name, source):
        return self.done(name, "hard_swish", functional.hardswish(source.values), source)

    def softmax(self, name, source):
        return self.done(name, "softmax", torch.softmax(source.values, dim=1), source)

    def max_pool2d(self, name, source, kernel, stride, padding):
        kernel, stride = pair(kernel), pair(stride)
        padded = pad(source.values, padding, kernel, stride, fill=-math.inf)
        return self.done(name, "max_pool2d", functional.max_pool2d(padded, kernel, stride), source)

    def avg_pool2d(self, name, source, kernel, stride, padding, count_padding=False):
        """The mean of the values of the window, those in the padding being zeros or not counted at all."""
        kernel, stride = pair(kernel), pair(stride)
        sums = functional.avg_pool2d(pad(source.values, padding, kernel, stride), kernel, stride)
        if count_padding:
            return self.done(name, "avg_pool2d", sums, source)
        inside = functional.avg_pool2d(pad(torch.ones_like(source.values), padding, kernel, stride), kernel, stride)
        return self.done(name, "avg_pool2d", sums / inside, source)

    def global_avg_pool2d(self, name, source, keepdims=False):
        return self.done(name, "global_avg_pool2d", source.values.mean(dim=(2, 3), keepdim=keepdims), source)

    def zero_pad2d(self, name, source, top, bottom, left, right):
        return self.done(name, "zero_pad2d", functional.pad(source.values, (left, right, top, bottom)), source)

    def flatten(self, name, source):
        """Keras' order: the channels of a pixel stand together."""
        return self.done(name, "flatten", source.values.permute(0, 2, 3, 1).flatten(1), source)

    def resize(self, name, source, height, width, operation="resize2d"):
        """Bilinear, corner pixels on corner pixels."""
        values = functional.interpolate(source.values, (height, width), mode="bilinear", align_corners=True)
        return self.done(name, operation, values, source)

    def dropout(self, name, source):
        """Nothing: it is for training."""
        return self.done(name, "dropout", source.values, source)

    def dense(self, name, source, units):
        weight = self.weights.dense_kernel(self.tensor_name(name, "kernel"), (source.channels, units))
        self.trained[self.tensor_name(name, "kernel")] = weight.size
        values = source.values @ torch.from_numpy(weight.copy()).double()
        return self.done(name, "dense", values + self.bias(name, units, True).reshape(1, units), source)

    def add(self, name, left, right):
        return self.done(name, "add", left.values + right.values, left, right)

    def multiply(self, name, left, right):
        """Of an image and an image of one pixel or a vector, which is for every pixel."""
        factor = right.values if right.values.dim() == 4 else right.values[:, :, None, None]
        return self.done(name, "multiply", left.values * factor, left, right)

    def concat(self, name, *sources):
        return self.done(name, "concat", torch.cat([source.values for source in sources], dim=1), *sources)

    def done(self, name, operation, values, *sources):
        """Writes the layer down and gives its output."""
        output = Activation(name, values)
        self.wiring.append((name, operation, " ".join(source.name for source in sources)))
        self.statistics.append(layer_statistics(output))
        return output

    def tensor_name(self, layer_name, role):
        """The name of a layer's tensor in a weights file of the network's convention."""
        return layer_name.split("@")[0] + TENSOR_SUFFIXES[self.convention][role]

    def parameter_counts(self):
        """(trained, not trained); weights that several layers share count once."""
        return sum(self.trained.values()), sum(self.untrained.values())


def layer_statistics(output):
    """The row that README.md describes: name, shape, mean and so on, of the values in the order batch, h, w, c."""
    values = output.channels_last()
    height, width = values.shape[1:3] if values.ndim == 4 else (1, 1)
    flat = values.reshape(-1)
    magnitudes = numpy.abs(flat)
    return (output.name, height, width, output.channels, flat.mean(), magnitudes.mean(), magnitudes.max(), flat.std(),
            flat[0], flat[flat.size // 2], flat[-1])
