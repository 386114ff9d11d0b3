"""The network "xception-shapes": a small Xception for 64x64 RGB pictures, named like Cadene's PyTorch Xception."""

from torch import nn
from torch.nn import functional

EPSILON = 1e-3


class SeparableConv2d(nn.Module):
    """Depthwise 3x3 convolution, padding 1, then pointwise 1x1 convolution; no biases."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, in_channels, 3, padding=1, groups=in_channels, bias=False)
        self.pointwise = nn.Conv2d(in_channels, out_channels, 1, bias=False)

    def forward(self, x):
        return self.pointwise(self.conv1(x))


class Block(nn.Module):
    """Residual block: (relu, separable convolution, batch norm) for each of `channels`, plus the shortcut.

    A downsampling block ends in a 3x3 max pool of stride 2, and its shortcut is a 1x1 convolution of stride 2 with
    batch norm; any other block has the identity as its shortcut.
    """

    def __init__(self, in_channels, channels, downsampling, starts_with_relu=True):
        super().__init__()
        layers = []
        for before, after in zip((in_channels, *channels), channels):
            layers += [nn.ReLU(), SeparableConv2d(before, after), nn.BatchNorm2d(after, eps=EPSILON)]
        if not starts_with_relu:
            layers = layers[1:]
        if downsampling:
            layers.append(nn.MaxPool2d(3, stride=2, padding=1))
            self.skip = nn.Conv2d(in_channels, channels[-1], 1, stride=2, bias=False)
            self.skipbn = nn.BatchNorm2d(channels[-1], eps=EPSILON)
        self.downsampling = downsampling
        self.rep = nn.Sequential(*layers)

    def forward(self, x):
        shortcut = self.skipbn(self.skip(x)) if self.downsampling else x
        return self.rep(x) + shortcut


class XceptionShapes(nn.Module):
    """[n, 3, 64, 64] in [-1, 1] -> [n, classes] logits; the probabilities are their softmax."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16, eps=EPSILON)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(32, eps=EPSILON)
        self.block1 = Block(32, (64, 64), downsampling=True, starts_with_relu=False)
        self.block2 = Block(64, (128, 128), downsampling=True)
        self.block3 = Block(128, (128, 128, 128), downsampling=False)
        self.block4 = Block(128, (128, 128, 128), downsampling=False)
        self.block5 = Block(128, (128, 128, 128), downsampling=False)
        self.block6 = Block(128, (128, 192), downsampling=True)
        self.conv3 = SeparableConv2d(192, 256)
        self.bn3 = nn.BatchNorm2d(256, eps=EPSILON)
        self.fc = nn.Linear(256, classes)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        x = self.block2(self.block1(x))
        x = self.block5(self.block4(self.block3(x)))
        x = self.block6(x)
        x = functional.relu(self.bn3(self.conv3(x)))
        return self.fc(x.mean(dim=(2, 3)))
