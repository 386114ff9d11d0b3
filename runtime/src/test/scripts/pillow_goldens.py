#!/usr/bin/env python3
"""Writes what Pillow makes of pictures, for the tests of io.xceptionc.runtime.image.

    python3 runtime/src/test/scripts/pillow_goldens.py

needs Pillow 9.4 or later and numpy, and replaces these files in src/test/resources/io/xceptionc/runtime/image:

    pictures/*.png   small pictures of every colour type
    goldens/*.u8     the network's input before scaling, [height, width, channels], bytes
    goldens/*.f32    the network's input after scaling with mean and deviation, little-endian float32
    goldens.txt      one line for each of them: file, picture, channels, interpolation, resize, height x width
    sweep.txt        many sizes of noise: channels, interpolation, picture's height x width, resize, height x width,
                     CRC-32 of the bytes
"""

import itertools
import shutil
import zlib
from pathlib import Path

import numpy
from PIL import Image

RESOURCES = Path(__file__).resolve().parents[1] / "resources/io/xceptionc/runtime/image"
FILTERS = {"NEAREST": Image.NEAREST, "BILINEAR": Image.BILINEAR, "BICUBIC": Image.BICUBIC}
MEAN = [0.485, 0.456, 0.406]
DEVIATION = [0.229, 0.224, 0.225]


def noise(height, width):
    """Bytes [height, width, 3]: the upper byte of (i + 1) * 0x9E3779B1 mod 2^32, mixed once."""
    i = numpy.arange(height * width * 3, dtype=numpy.uint64)
    mixed = ((i + 1) * 0x9E3779B1) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> numpy.uint64(15))) * 0x85EBCA77) & 0xFFFFFFFF
    return (mixed >> numpy.uint64(24)).astype(numpy.uint8).reshape(height, width, 3)


def smooth(height, width):
    """Bytes [height, width, 3]: gradients with an edge and some noise, so that sums leave 0..255 and are clipped."""
    y, x = numpy.mgrid[0:height, 0:width]
    edge = numpy.where(x + 2 * y > width, 200, 0)
    planes = [edge + x * 50 // width, 255 - edge, (x * 255 // width + y * 255 // height) // 2]
    return numpy.clip(numpy.stack(planes, axis=-1) + noise(height, width) % 9, 0, 255).astype(numpy.uint8)


def shorter_side_size(image, pixels):
    """Returns width and height after torchvision.transforms.Resize(pixels) on a PIL image."""
    width, height = image.size
    shorter, longer = min(width, height), max(width, height)
    new_longer = int(pixels * longer / shorter)
    return (pixels, new_longer) if width <= height else (new_longer, pixels)


def centre_crop(image, height, width):
    """torchvision.transforms.CenterCrop((height, width)) on a PIL image."""
    left_padding = max((width - image.width) // 2, 0)
    top_padding = max((height - image.height) // 2, 0)
    padded = Image.new(image.mode, (max(width, image.width), max(height, image.height)))
    padded.paste(image, (left_padding, top_padding))
    top = int(round((padded.height - height) / 2.0))
    left = int(round((padded.width - width) / 2.0))
    return padded.crop((left, top, left + width, top + height))


def preprocess(image, channels, interpolation, resize, height, width):
    """Returns bytes [height, width, channels]; resize is "exact" or a number of pixels."""
    image = image.convert("L" if channels == "GREY" else "RGB")
    if resize == "exact":
        image = image.resize((width, height), FILTERS[interpolation])
    else:
        image = image.resize(shorter_side_size(image, resize), FILTERS[interpolation])
        image = centre_crop(image, height, width)
    levels = numpy.asarray(image).reshape(height, width, -1)
    return levels[:, :, ::-1] if channels == "BGR" else levels


def write_pictures(directory):
    colours = Image.fromarray(smooth(23, 31))
    alpha = Image.fromarray(noise(23, 31)[:, :, 0])
    translucent = colours.copy()
    translucent.putalpha(alpha)
    grey = colours.convert("L")
    translucent_grey = grey.copy()
    translucent_grey.putalpha(alpha)
    grey16 = (numpy.asarray(grey).astype(numpy.uint16) << 8) + noise(23, 31)[:, :, 1]
    transparent_palette = colours.quantize(16)
    pictures = {
        "rgb": colours,
        "rgba": translucent,
        "palette256": colours.quantize(256),
        "palette5": colours.quantize(5),
        "palette2": colours.quantize(2),
        "palette-transparent": transparent_palette,
        "grey": grey,
        "grey-alpha": translucent_grey,
        "grey16": Image.fromarray(grey16),
        "bilevel": grey.convert("1"),
    }
    for name, picture in pictures.items():
        extra = {"transparency": 3} if name == "palette-transparent" else {}
        picture.save(directory / f"{name}.png", **extra)


def read_picture(path):
    """Reads a picture as 8 bits: Pillow's own conversion of 16-bit grey depends on its version."""
    image = Image.open(path)
    if image.mode.startswith("I"):
        return Image.fromarray((numpy.asarray(image).astype(numpy.int32) >> 8).astype(numpy.uint8))
    return image


def golden_cases():
    pictures = sorted(path.stem for path in (RESOURCES / "pictures").iterdir())
    for picture in pictures:
        yield picture, "RGB", "BILINEAR", "exact", 11, 13
        yield picture, "GREY", "BICUBIC", 17, 19, 16
    for interpolation, channels in itertools.product(FILTERS, ["RGB", "BGR", "GREY"]):
        yield "rgb", channels, interpolation, "exact", 29, 37
        yield "rgb", channels, interpolation, "exact", 7, 5
        yield "rgb", channels, interpolation, 12, 11, 9
        yield "rgb", channels, interpolation, 8, 13, 14


def write_goldens():
    lines = []
    for picture, channels, interpolation, resize, height, width in golden_cases():
        image = read_picture(RESOURCES / f"pictures/{picture}.png")
        levels = preprocess(image, channels, interpolation, resize, height, width)
        name = f"{picture}-{channels}-{interpolation}-{resize}-{height}x{width}".lower()
        parameters = f"{picture} {channels} {interpolation} {resize} {height}x{width}"
        (RESOURCES / f"goldens/{name}.u8").write_bytes(levels.tobytes())
        lines.append(f"{name}.u8 {parameters}")
        if picture == "rgb" and channels == "RGB" and resize == 12:
            unit = levels.astype(numpy.float32) / numpy.float32(255)
            values = (unit - numpy.float32(MEAN)) / numpy.float32(DEVIATION)
            (RESOURCES / f"goldens/{name}.f32").write_bytes(values.astype("<f4").tobytes())
            lines.append(f"{name}.f32 {parameters}")
    write_lines("goldens.txt", lines)


def sweep_cases():
    """Small and odd sizes, 1 x n, sizes near each other, and long sides.

    None is more than 100 times as high as wide, because there Pillow 12.3 takes another order of the passes.
    """
    sides = [1, 2, 3, 5, 8, 13, 31]
    for height, width, target_height, target_width in itertools.product(sides, repeat=4):
        if (height * 3 + width * 5 + target_height * 7 + target_width * 11) % 5 == 0:
            yield height, width, "exact", target_height, target_width
    for length in [97, 255, 640, 1000]:
        for target in [1, 2, 49, 98, 100, 299]:
            yield 7, length, "exact", 3, target
            yield length, 11, "exact", target, 4
    for height, width, pixels in itertools.product([1, 4, 9, 40], [1, 5, 10, 33], [1, 6, 11, 24]):
        yield height, width, pixels, 11, 12
        yield height, width, pixels, 6, 5
    yield 1, 3000, 9, 7, 8
    yield 1, 60000, "exact", 2, 30
    yield 700, 1100, "exact", 299, 299
    yield 1200, 801, 256, 224, 224


def write_sweep():
    lines = []
    for height, width, resize, target_height, target_width in sweep_cases():
        image = Image.fromarray(noise(height, width))
        for channels, interpolation in itertools.product(["RGB", "GREY"], FILTERS):
            levels = preprocess(image, channels, interpolation, resize, target_height, target_width)
            checksum = zlib.crc32(levels.tobytes())
            sizes = f"{height}x{width} {resize} {target_height}x{target_width}"
            lines.append(f"{channels} {interpolation} {sizes} {checksum:08x}")
    write_lines("sweep.txt", lines)


def write_lines(name, lines):
    (RESOURCES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    for directory in [RESOURCES / "pictures", RESOURCES / "goldens"]:
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
    write_pictures(RESOURCES / "pictures")
    write_goldens()
    write_sweep()


if __name__ == "__main__":
    main()
