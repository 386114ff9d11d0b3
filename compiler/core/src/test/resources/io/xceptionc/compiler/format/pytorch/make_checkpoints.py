"""Writes the checkpoints beside this script with torch.save, and what PyTorch reads from them.

    python3 make_checkpoints.py

Needs torch 1.13 (on Debian: apt-get install python3-torch). For each file NAME.pt of tensors there is NAME.csv, or that of the
file that it is a variant of: a line for each tensor with its name, its type as safetensors calls it, its shape, and its elements
in row-major order as the bits of float32 in hexadecimal (none for those that are no floating point numbers).
"""
import collections
import pathlib

import torch

FOLDER = pathlib.Path(__file__).resolve().parent
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
         torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
         torch.complex64: "C64"}


class Separable(torch.nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.pointwise = torch.nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x):
        return self.pointwise(self.conv1(x))


class Block(torch.nn.Module):
    """Two separable convolutions beside a 1x1 convolution."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.rep = torch.nn.Sequential(Separable(inputs, outputs), torch.nn.BatchNorm2d(outputs), torch.nn.ReLU(),
                                       Separable(outputs, outputs), torch.nn.BatchNorm2d(outputs),
                                       torch.nn.MaxPool2d(3, 2, 1))
        self.skip = torch.nn.Conv2d(inputs, outputs, 1, stride=2, bias=False)
        self.skipbn = torch.nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.rep(x) + self.skipbn(self.skip(x))


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 4, 3, stride=2, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(4)
        self.block1 = Block(4, 6)
        self.fc = torch.nn.Linear(6, 5)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.fc(torch.relu(self.block1(x)).mean((2, 3)))


def trained():
    """A network after a few steps, so that its statistics are none of the initial ones, and its optimizer."""
    torch.manual_seed(1)
    model = Small()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(3):
        optimizer.zero_grad()
        model(torch.randn(2, 3, 17, 19)).square().mean().backward()
        optimizer.step()
    return model.eval(), optimizer


def views():
    """Tensors that lie in their storages in every way."""
    base = torch.arange(60, dtype=torch.float32) / 7
    grid = base.view(3, 4, 5)
    return collections.OrderedDict([
        ("base", base), ("grid", grid), ("slice", grid[1:, ::2, 1:4]), ("transposed", grid.permute(2, 0, 1)),
        ("row", grid[2, 3]), ("element", grid[1, 2, 3]), ("strided", base[5::9]), ("none", grid[:, :0]),
        ("none.transposed", grid[:, :0].permute(2, 0, 1)),
        ("expanded", base[7:9].view(2, 1).expand(2, 4)),
        ("channels.last", torch.randn(2, 3, 4, 5).to(memory_format=torch.channels_last)),
        ("half", torch.randn(3, 2).half().t()), ("bfloat", torch.randn(4).bfloat16()[1:]),
        ("double", torch.randn(2, 2, dtype=torch.float64).t()), ("parameter", torch.nn.Parameter(torch.randn(2, 3))),
        ("gröẞe\n'", torch.ones(1)), ("long", torch.tensor(7)), ("int", torch.arange(3, dtype=torch.int32)),
        ("short", torch.arange(3, dtype=torch.int16)), ("char", torch.arange(3, dtype=torch.int8)),
        ("byte", torch.arange(3, dtype=torch.uint8)), ("bool", torch.tensor([True, False])),
        ("complex", torch.ones(2, dtype=torch.complex64))])


def elements(tensor):
    if not tensor.is_floating_point():
        return ""
    bits = tensor.detach().to(torch.float32).contiguous().flatten().view(torch.int32).tolist()
    return " ".join(f"{number & 0xffffffff:08x}" for number in bits)


def expect(name, tensors):
    lines = [f"{key.encode('unicode_escape').decode()},{TYPES[tensor.dtype]},"
             f"{' '.join(map(str, tensor.shape))},{elements(tensor)}\n" for key, tensor in tensors.items()]
    (FOLDER / f"{name}.csv").write_text("".join(lines), encoding="utf-8")


def answer(model):
    """What the network gives for an image of 17 x 19, whose i-th number, channels innermost, is (7i mod 11 - 5) / 5."""
    numbers = [(7 * i % 11 - 5) / 5 for i in range(17 * 19 * 3)]
    image = torch.tensor(numbers, dtype=torch.float64).view(1, 17, 19, 3).permute(0, 3, 1, 2)
    with torch.no_grad():
        scores = model.double()(image).flatten().tolist()
    (FOLDER / "small-answer.csv").write_text("".join(f"{score!r}\n" for score in scores), encoding="utf-8")


def save(name, saved, legacy=False, protocol=2):
    torch.save(saved, FOLDER / f"{name}.pt", pickle_protocol=protocol, _use_new_zipfile_serialization=not legacy)


def main():
    model, optimizer = trained()
    state = model.state_dict()
    save("small", state)
    save("small-legacy", state, legacy=True)
    save("small-nested", {"epoch": 3, "accuracy": 0.75, "classes": ["a", "b"], "device": torch.device("cpu"),
                          "type": torch.float32, "size": torch.Size([1, 2]), "seen": {1, 2}, "note": b"raw",
                          "large": 1 << 70, "scheduler": None,
                          "model_state_dict": torch.nn.DataParallel(model).state_dict(),
                          "optimizer_state_dict": optimizer.state_dict()}, protocol=4)
    save("small-nested-legacy", {"model": {"epoch": 3, "state_dict": torch.nn.DataParallel(model).state_dict()},
                                 "optimizer": optimizer.state_dict()}, legacy=True)
    expect("small", state)
    torch.manual_seed(2)
    tensors = views()
    for protocol in (2, 3, 4, 5):
        save(f"views-{protocol}", tensors, protocol=protocol)
    save("views-legacy-2", tensors, legacy=True)
    save("views-legacy-4", tensors, legacy=True, protocol=4)
    expect("views", torch.load(FOLDER / "views-2.pt"))
    save("model", model)
    save("tensor", torch.ones(2))
    save("list", [torch.ones(2)])
    save("no-tensors", {"epoch": 3})
    save("several", {"generator": {"a.weight": torch.ones(1)}, "critic": {"a.weight": torch.ones(1)}})
    answer(model)
    torch.jit.script(torch.nn.Linear(2, 3)).save(str(FOLDER / "script.pt"))


if __name__ == "__main__":
    main()
