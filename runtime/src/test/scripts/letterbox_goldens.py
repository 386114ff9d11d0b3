"""Writes what Pillow's ImageOps.pad makes of noise: letterbox.txt. Needs Pillow and numpy.

A line: interpolation, height and width before and after, the frame's level, the levels as hexadecimal digits,
[height, width, 3].
"""
from PIL import Image, ImageOps

from plain_bilinear_goldens import noise

CASES = (("BILINEAR", (37, 23), (16, 12), 0), ("BILINEAR", (9, 7), (16, 13), 114), ("BICUBIC", (20, 60), (12, 12), 255),
         ("NEAREST", (60, 20), (11, 12), 7), ("BICUBIC", (10, 20), (5, 10), 1), ("BILINEAR", (3, 50), (8, 9), 2))


def main():
    for interpolation, before, after, level in CASES:
        padded = ImageOps.pad(Image.fromarray(noise(*before)), after[::-1], getattr(Image.Resampling, interpolation),
                              (level, level, level))
        print(interpolation, "%dx%d" % before, "%dx%d" % after, level, padded.tobytes().hex())


main()
