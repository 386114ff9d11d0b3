"""The network "shapes-segmentation": separable convolutions at a quarter of the size, and a decoder at the half."""

from torch import cat, nn
from torch.nn import functional

from xception_shapes import EPSILON

DILATIONS = (1, 2, 4, 2, 1)


class SeparableNorm(nn.Module):
    """Depthwise 3x3, pointwise 1x1, batch norm, relu; no biases."""

    def __init__(self, in_channels, out_channels, stride=1, dilation=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, in_channels, 3, stride, dilation, dilation, groups=in_channels, bias=False)
        self.pointwise = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        self.bn = nn.BatchNorm2d(out_channels, eps=EPSILON)

    def forward(self, x):
        return functional.relu(self.bn(self.pointwise(self.conv1(x))))


class ShapesSegmentation(nn.Module):
    """[n, 3, 96, 96] in [-1, 1] -> [n, classes, 48, 48], a score for each class at each pixel."""

    def __init__(self, classes):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, stride=2, padding=1, bias=False)
        self.stem_bn = nn.BatchNorm2d(16, eps=EPSILON)
        self.down = SeparableNorm(16, 48, stride=2)
        self.middle = nn.ModuleList(SeparableNorm(48, 48, dilation=dilation) for dilation in DILATIONS)
        self.deep = SeparableNorm(48, 48, stride=2)
        self.deeper = nn.ModuleList(SeparableNorm(48, 48, dilation=dilation) for dilation in (1, 2))
        self.merge = SeparableNorm(96, 48)
        self.decoder = SeparableNorm(64, 32)
        self.scores = nn.Conv2d(32, classes, 1)

    def forward(self, x):
        half = functional.relu(self.stem_bn(self.stem(x)))
        quarter = self.down(half)
        for layer in self.middle:
            quarter = quarter + layer(quarter)
        eighth = self.deep(quarter)
        for layer in self.deeper:
            eighth = eighth + layer(eighth)
        quarter = self.merge(_doubled(eighth, quarter))
        return self.scores(self.decoder(_doubled(quarter, half)))


def _doubled(small, large):
    """Returns [n, c, h, w] at the double size, bilinear by half pixels, with the channels of `large` behind."""
    return cat([functional.interpolate(small, scale_factor=2, mode="bilinear", align_corners=False), large], 1)
