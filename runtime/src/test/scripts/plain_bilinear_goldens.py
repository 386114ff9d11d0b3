"""Writes what OpenCV and TensorFlow make of noise by bilinear resizing without smoothing: plain-bilinear.txt.

    plain_bilinear_goldens.py opencv | tensorflow      prints the lines of that tool; needs its package and numpy

A line: the tool, height and width before and after, the levels as hexadecimal digits, [height, width, 3].
"""
import sys

import numpy

SIZES = (((37, 23), (16, 12)), ((9, 7), (16, 13)), ((64, 48), (7, 5)), ((5, 1), (3, 4)), ((20, 30), (20, 10)))


def noise(height, width):
    """The picture that PlainBilinearTest makes of the same formula."""
    count = height * width * 3
    mixed = (numpy.arange(1, count + 1, dtype=numpy.uint64) * 0x9E3779B1) & 0xFFFFFFFF
    levels = ((mixed ^ (mixed >> numpy.uint64(15))) * 0x85EBCA77 & 0xFFFFFFFF) >> numpy.uint64(24)
    return levels.astype(numpy.uint8).reshape(height, width, 3)


def by_opencv(picture, height, width):
    import cv2
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)


def by_tensorflow(picture, height, width):
    import tensorflow
    return numpy.rint(tensorflow.image.resize(picture, (height, width)).numpy()).astype(numpy.uint8)


def main():
    tool = sys.argv[1]
    resized = {"opencv": by_opencv, "tensorflow": by_tensorflow}[tool]
    for before, after in SIZES:
        levels = resized(noise(*before), *after)
        print(tool, "%dx%d" % before, "%dx%d" % after, levels.tobytes().hex())


if __name__ == "__main__":
    main()
