"""The formula that `--seed N` stands for, and the two sources of weights: the formula and a safetensors file.

Every tensor is asked for in its canonical layout, whatever the file's convention:
kernel [height, width, input channels / groups, output channels], dense kernel [inputs, outputs], vectors [channels],
depthwise kernel [height, width, channels, multiplier].
"""
import json
import math

import numpy

FNV_OFFSET_BASIS = 0xCBF29CE484222325
FNV_PRIME = 0x100000001B3
MASK_64 = (1 << 64) - 1


def fnv1a_64(text):
    """The 64-bit FNV-1a hash of the text's UTF-8 bytes."""
    value = FNV_OFFSET_BASIS
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * FNV_PRIME) & MASK_64
    return value


def uniform(seed, name, shape, low, high):
    """float32 values in [low, high), row-major; a function of seed, name and element index alone (SplitMix64)."""
    count = math.prod(shape)
    with numpy.errstate(over="ignore"):
        index = numpy.arange(1, count + 1, dtype=numpy.uint64)
        z = numpy.uint64(fnv1a_64(f"{seed}:{name}")) + index * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z = z ^ (z >> numpy.uint64(31))
    fraction = (z >> numpy.uint64(40)).astype(numpy.float64) * 2.0**-24
    return (low + (high - low) * fraction).astype(numpy.float32).reshape(shape)


def formula_input(seed, shape):
    """The input [batch, height, width, channels] of every golden."""
    return uniform(seed, "input", shape, -1.0, 1.0)


class FormulaWeights:
    """Weights made by the formula."""

    def __init__(self, seed):
        self.seed = seed

    def kernel(self, name, shape, fan_in):
        high = math.sqrt(3.0 / fan_in)
        return uniform(self.seed, name, shape, -high, high)

    def conv_kernel(self, name, shape):
        return self.kernel(name, shape, shape[0] * shape[1] * shape[2])

    def depthwise_kernel(self, name, shape):
        return self.kernel(name, shape, shape[0] * shape[1])

    def dense_kernel(self, name, shape):
        return self.kernel(name, shape, shape[0])

    def shift(self, name, channels):
        """A bias, beta or moving mean."""
        return uniform(self.seed, name, (channels,), -0.1, 0.1)

    def scale(self, name, channels):
        """A gamma or moving variance."""
        return uniform(self.seed, name, (channels,), 0.5, 1.5)


class SafetensorsWeights:
    """Weights from a safetensors file of float32 tensors with PyTorch's names and layouts."""

    def __init__(self, path):
        with open(path, "rb") as file:
            header_length = int.from_bytes(file.read(8), "little")
            self.header = json.loads(file.read(header_length))
            self.data = file.read()

    def read(self, name, shape):
        entry = self.header[name]
        assert entry["dtype"] == "F32" and tuple(entry["shape"]) == tuple(shape), (name, entry, shape)
        begin, end = entry["data_offsets"]
        return numpy.frombuffer(self.data[begin:end], dtype="<f4").reshape(shape).copy()

    def conv_kernel(self, name, shape):
        height, width, inputs, outputs = shape
        return self.read(name, (outputs, inputs, height, width)).transpose(2, 3, 1, 0)

    def depthwise_kernel(self, name, shape):
        height, width, channels, multiplier = shape
        stored = self.read(name, (channels * multiplier, 1, height, width))
        return stored.reshape(channels, multiplier, height, width).transpose(2, 3, 0, 1)

    def dense_kernel(self, name, shape):
        return self.read(name, (shape[1], shape[0])).transpose(1, 0)

    def shift(self, name, channels):
        return self.read(name, (channels,))

    def scale(self, name, channels):
        return self.read(name, (channels,))
