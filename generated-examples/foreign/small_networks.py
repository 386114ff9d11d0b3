"""Small networks as people write them in PyTorch."""
import torch
import torch.nn.functional as functional
from torch import nn


class Separable(nn.Module):
    """A depthwise and a pointwise convolution, named as Cadene's Xception names them."""

    def __init__(self, channels, filters, dilation=1):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, filters, 1, bias=False)

    def forward(self, x):
        return self.pointwise(self.conv1(x))


class Block(nn.Module):
    """A residual block: with a stride it pools and has a convolution on its skip, else it adds what it was given."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        layers = [nn.ReLU(), Separable(channels, filters), nn.BatchNorm2d(filters),
                  nn.ReLU(), Separable(filters, filters), nn.BatchNorm2d(filters)]
        if stride > 1:
            layers.append(nn.MaxPool2d(3, stride, 1))
        self.rep = nn.Sequential(*layers)
        self.skip = nn.Conv2d(channels, filters, 1, stride=stride, bias=False) if stride > 1 else None
        self.skipbn = nn.BatchNorm2d(filters) if stride > 1 else None

    def forward(self, x):
        return self.rep(x) + (x if self.skip is None else self.skipbn(self.skip(x)))


class Xceptionette(nn.Module):
    """Xception's parts, once or twice each: stem, a block that pools, two that do not, mean, dense layer."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, 2, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.block1 = Block(8, 16, 2)
        self.block2 = Block(16, 16, 1)
        self.block3 = Block(16, 16, 1)
        self.conv3 = Separable(16, 24)
        self.bn3 = nn.BatchNorm2d(24)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(24, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.block3(self.block2(self.block1(x)))
        x = functional.relu(self.bn3(self.conv3(x)))
        x = functional.adaptive_avg_pool2d(x, (1, 1))
        x = x.view(x.size(0), -1)
        return self.fc(self.dropout(x))


class Activations(nn.Module):
    """Every activation that the spec language has, each on channels of its own; the result is an image."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)
        self.activations = nn.ModuleList([
            nn.ReLU6(), nn.LeakyReLU(0.2), nn.ELU(0.7), nn.Sigmoid(), nn.Tanh(), nn.Hardsigmoid(), nn.Hardswish(),
            nn.SiLU(), nn.GELU(), nn.Softplus(), nn.PReLU(init=0.3), nn.Softmax(dim=1)])

    def forward(self, x):
        x = self.conv(x) * 3
        return torch.cat([activation(x) for activation in self.activations], dim=1)


class Shapes(nn.Module):
    """Windows and sizes of many kinds; a vector made of an image with more than a pixel."""

    def __init__(self):
        super().__init__()
        self.grouped = nn.Conv2d(3, 6, (3, 5), stride=(1, 2), padding=(0, 2), groups=3)
        self.dilated = Separable(6, 8, dilation=2)
        self.multiplied = nn.Conv2d(8, 16, 3, groups=8)
        self.pad = nn.ZeroPad2d((0, 1, 2, 0))
        self.ceiled = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.counted = nn.AvgPool2d(3, 1, 1, count_include_pad=True)
        self.uncounted = nn.AvgPool2d(3, 1, 1, count_include_pad=False)
        self.norm = nn.BatchNorm1d(5)
        self.first = nn.LazyLinear(5)
        self.second = nn.Linear(5, 4, bias=False)
        self.register_buffer("shift", torch.linspace(-1, 1, 16).view(1, 16, 1, 1))

    def forward(self, x):
        x = self.multiplied(self.dilated(self.grouped((x - 0.1) / 0.5)))
        x = self.ceiled(self.pad(x)) + self.shift
        x = torch.cat([self.counted(x), self.uncounted(x), x], dim=1)
        return functional.softmax(self.second(self.norm(self.first(torch.flatten(x, 1)))), dim=1)
