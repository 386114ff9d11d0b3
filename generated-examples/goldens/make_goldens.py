"""Computes the goldens: what each network of ../models must answer, in float64, from formula weights and inputs.

    make_goldens.py            computes all of them
    make_goldens.py NAME ...   only those of the networks named

Needs torch and numpy. README.md describes the files.
"""
import argparse
import csv
import pathlib
from dataclasses import dataclass
from typing import Callable

import numpy
import torch

import aligned_xceptions
import deeplab
import efficientnets
import foils
import inception
import mobilenets
import networks
import segmentation
import variants
from formula import FormulaWeights, SafetensorsWeights, formula_input
from network import Network

GOLDENS = pathlib.Path(__file__).resolve().parent
MODELS = GOLDENS.parent / "models"
SEED = 1
SAMPLE_STEP = 7
LARGEST_WHOLE_OUTPUT = 30_000

STATISTICS_HEADER = ("layer", "height", "width", "channels", "mean", "mean_absolute", "max_absolute", "deviation",
                     "first", "middle", "last")
INDEX_HEADER = ("golden", "spec", "weights", "batch", "height", "width", "channels", "trained", "untrained",
                "output_count", "sample_step")

WALKTHROUGH_LISTING = (
    ("relu1", [1, 32, 150, 150]),
    ("relu2", [1, 64, 150, 150]),
    ("block_3x3.block.8", [1, 128, 75, 75]),
    ("downsample_1", [1, 128, 75, 75]),
    ("block_3x3_256.block.8", [1, 256, 38, 38]),
    ("downsample_2", [1, 256, 38, 38]),
    ("block_3x3_728.block.8", [1, 728, 19, 19]),
    ("downsample_3", [1, 728, 19, 19]),
    ("add_middle@9", [1, 728, 19, 19]),
    ("add_4", [1, 1024, 10, 10]),
    ("block_3x3_exit_2.block.7", [1, 2048, 10, 10]),
    ("avgpool", [1, 2048, 1, 1]),
    ("avgpool", [1, 2048]),
    ("fc", [1, 1000]),
)


@dataclass(frozen=True)
class Spec:
    """A network of the zoo; `trained` and `untrained` are the parameter counts that it is published with."""

    define: Callable
    convention: str
    epsilon: float
    trained: int
    untrained: int
    channels: int
    sizes: tuple


ZOO = {
    "xception": Spec(networks.xception, "keras", 1e-3, 22_910_480 - 54_528, 54_528, 3,
                     ((1, 299, 299), (1, 71, 95), (2, 71, 95))),
    "xception-pytorch": Spec(networks.xception_pytorch, "pytorch", 1e-5, 22_855_952, 54_528, 3,
                             ((1, 299, 299), (1, 71, 95))),
    "xception-walkthrough": Spec(networks.xception_walkthrough, "pytorch", 1e-5, 12_094_568, 18_816, 3,
                                 ((1, 299, 299), (1, 71, 95))),
    "googlenet-module": Spec(networks.googlenet_module, "pytorch", 1e-3, 163_328 + 736, 736, 192, ((1, 28, 28),)),
    "factorised-module": Spec(networks.factorised_module, "pytorch", 1e-3, 1_294_336 + 3_072, 3_072, 768,
                              ((1, 17, 17),)),
    "extreme-inception": Spec(networks.extreme_inception, "pytorch", 1e-3, 7_872 + 576, 576, 64, ((1, 30, 30),)),
    # timm publishes 26.97, 39.92 and 42.34 million.
    "xception41": Spec(aligned_xceptions.xception41, "pytorch", 1e-3, 26_969_560, 115_312, 3, ((1, 65, 65),)),
    "xception41-stride8": Spec(aligned_xceptions.xception41_stride8, "pytorch", 1e-3, 26_969_560, 115_312, 3,
                               ((1, 33, 33),)),
    "xception65": Spec(aligned_xceptions.xception65, "pytorch", 1e-3, 39_916_312, 185_200, 3, ((1, 33, 33),)),
    "xception71": Spec(aligned_xceptions.xception71, "pytorch", 1e-3, 42_338_736, 198_976, 3, ((1, 33, 33),)),
    "mobilenet": Spec(mobilenets.mobilenet, "keras", 1e-3, 4_253_864 - 21_888, 21_888, 3, ((1, 64, 75),)),
    "mobilenet-v2": Spec(mobilenets.mobilenet_v2, "pytorch", 1e-5, 3_504_872, 34_112, 3, ((1, 64, 75),)),
    "inception-v3": Spec(inception.inception_v3, "pytorch", 1e-3, 23_834_568, 34_432, 3, ((1, 75, 75),)),
    "mobilenet-v3-small": Spec(mobilenets.mobilenet_v3_small, "pytorch", 1e-3, 2_542_856, 12_112, 3, ((1, 33, 47),)),
    "mobilenet-v3-large": Spec(mobilenets.mobilenet_v3_large, "pytorch", 1e-3, 5_483_032, 24_400, 3, ((1, 33, 47),)),
    "efficientnet-b0": Spec(efficientnets.efficientnet_b0, "pytorch", 1e-5, 5_288_548, 42_016, 3, ((1, 33, 47),)),
    "efficientnet-lite0": Spec(efficientnets.efficientnet_lite0, "pytorch", 1e-5, 4_652_008, 42_016, 3, ((1, 33, 47),)),
    "resnet50": Spec(foils.resnet50, "pytorch", 1e-5, 25_557_032, 53_120, 3, ((1, 33, 33),)),
    "densenet121": Spec(foils.densenet121, "pytorch", 1e-5, 7_978_856, 83_648, 3, ((1, 33, 33),)),
    "mini-xception": Spec(variants.mini_xception, "keras", 1e-3, 56_951, 1_472, 1, ((1, 64, 64),)),
    # The example prints no number; this one is what Keras counts.
    "xception-from-scratch": Spec(variants.xception_from_scratch, "keras", 1e-3, 2_722_777, 8_288, 3, ((1, 47, 33),)),
    # As many as the weights that face-api.js brings along.
    "tiny-xception": Spec(variants.tiny_xception, "keras", 1e-3, 421_731, 0, 3, ((1, 56, 64),)),
    # Nobody publishes one of these: Xception's own number and the sums of the dense layers.
    "xception-squeeze-excite": Spec(variants.xception_squeeze_excite, "keras", 1e-3, 23_595_397, 54_528, 3,
                                    ((1, 47, 47),)),
    "deeplab-v3-plus": Spec(deeplab.deeplab_v3_plus, "keras", 1e-3, 41_055_413, 202_800, 3, ((1, 48, 64),)),
    # Keras prints 2,058,979, of which 3,776 are not trainable.
    "unet-xception": Spec(segmentation.unet_xception, "keras", 1e-3, 2_058_979 - 3_776, 3_776, 3, ((1, 32, 48),)),
    "xception-shapes": Spec(networks.xception_shapes, "pytorch", 1e-3, 332_794, 5_088, 3, ((1, 64, 64),)),
    "shapes-segmentation": Spec(segmentation.shapes_segmentation, "pytorch", 1e-3, 32_549, 1_056, 3, ((1, 96, 96),)),
}


def make_golden(spec_name, size, weights_name, weights):
    """Runs one network on one input, checks it, writes its files and returns its row of the index."""
    spec = ZOO[spec_name]
    batch, height, width = size
    net = Network(spec.convention, spec.epsilon, weights)
    yielded = spec.define(net, net.input(formula_input(SEED, (batch, height, width, spec.channels))))
    counts = net.parameter_counts()
    assert counts == (spec.trained, spec.untrained), (spec_name, counts)
    golden = golden_name(spec_name, size, weights_name)
    outputs = yielded if isinstance(yielded, tuple) else (yielded,)
    values = numpy.concatenate([output.channels_last().reshape(-1) for output in outputs])
    step = 1 if values.size <= LARGEST_WHOLE_OUTPUT else SAMPLE_STEP
    numpy.save(GOLDENS / f"{golden}.npy", values[::step].astype("<f4"))
    write_csv(GOLDENS / f"{golden}-layers.csv", STATISTICS_HEADER, map(rounded, net.statistics))
    write_csv(GOLDENS / "wiring" / f"{spec_name}.csv", ("layer", "operation", "inputs"), net.wiring)
    print_statistics(golden, net.statistics)
    if spec_name == "xception-walkthrough" and size == (1, 299, 299):
        check_against_listing(net.statistics)
    return (golden, spec_name, weights_name, batch, height, width, spec.channels, *counts, values.size, step)


def golden_name(spec_name, size, weights_name):
    batch, height, width = size
    several = "" if batch == 1 else f"-n{batch}"
    trained = "" if weights_name == "formula" else f"-{weights_name}"
    return f"{spec_name}-{height}x{width}{several}{trained}"


def rounded(row):
    """Gives the row's floating-point numbers nine significant digits."""
    return [f"{value:.9g}" if isinstance(value, float) else value for value in row]


def write_csv(path, header, rows):
    path.parent.mkdir(exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def print_statistics(golden, statistics):
    print(golden)
    for name, height, width, channels, _, _, greatest, deviation, *_ in statistics:
        print(f"  {name:32} {height}x{width}x{channels}: deviation {deviation:.4g}, greatest {greatest:.4g}")


def check_against_listing(statistics):
    """Compares the walk-through's shapes with those that its listing prints, in the order of the listing."""
    shapes = {name: [1, channels, height, width] for name, height, width, channels, *_ in statistics}
    print("  shapes of the listing:")
    for layer, listed in WALKTHROUGH_LISTING:
        shape = shapes[layer][:len(listed)]
        print(f"    {layer}: {shape}")
        assert shape == listed and all(extent == 1 for extent in shapes[layer][len(listed):]), (layer, shape, listed)


def weights_of(spec_name):
    """The sets of weights, by name: the formula's, and the trained ones where they stand beside the spec."""
    yield "formula", FormulaWeights(SEED)
    trained = MODELS / f"{spec_name}.safetensors"
    if trained.exists():
        yield "trained", SafetensorsWeights(trained)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", nargs="*", help="the networks, all when none is given")
    chosen = parser.parse_args().spec or list(ZOO)
    index_path = GOLDENS / "goldens.csv"
    index = read_index(index_path)
    with torch.no_grad():
        for spec_name in chosen:
            index = [row for row in index if row[1] != spec_name]
            index += [make_golden(spec_name, size, weights_name, weights)
                      for weights_name, weights in weights_of(spec_name) for size in ZOO[spec_name].sizes]
    index.sort(key=lambda row: list(ZOO).index(row[1]))
    write_csv(index_path, INDEX_HEADER, index)


def read_index(path):
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


if __name__ == "__main__":
    main()
