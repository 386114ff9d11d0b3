"""Draws scenes of several figures with the class of each pixel, reproducibly from a seed.

A scene has two to four figures of four kinds that do not overlap, before the gradient and the clutter of
`shape_pictures`. It depends only on (seed, index, size).
"""

import math

import numpy
from PIL import Image, ImageDraw

import shape_pictures

LABELS = ("background", "disc", "square", "star", "triangle")
SUPERSAMPLING = 2
TRIES = 40


def draw_scene(seed, index, size):
    """Returns (picture, classes): an RGB picture of `size` = (width, height), and bytes [height, width] of classes."""
    random = numpy.random.default_rng([seed, index])
    width, height = size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING
    background = shape_pictures._background_colours(random)
    colour = shape_pictures._contrasting_colour(random, background, shape_pictures.FIGURE_CONTRAST)
    scene = shape_pictures._gradient(random, width, height, background)
    shape_pictures._draw_clutter(random, scene, colour)
    classes = Image.new("L", (width, height))
    placed = []
    for _ in range(random.integers(2, 5)):
        _draw_figure(random, scene, classes, background, placed)
    picture = shape_pictures._weathered(random, scene.reduce(SUPERSAMPLING))
    return picture, numpy.asarray(classes.resize(size, Image.NEAREST))


def _draw_figure(random, scene, classes, background, placed):
    """Draws a figure where there is room for one; `placed` holds the circles (x, y, radius) that are taken."""
    label = int(random.integers(1, len(LABELS)))
    for _ in range(TRIES):
        radius = min(scene.size) * random.uniform(0.13, 0.25)
        x, y = (random.uniform(radius, side - radius) for side in scene.size)
        if all(math.hypot(x - other[0], y - other[1]) > radius + other[2] for other in placed):
            placed.append((x, y, radius))
            corners = _turned(random, shape_pictures.FIGURES[LABELS[label]](random), x, y, radius)
            colour = shape_pictures._contrasting_colour(random, background, shape_pictures.FIGURE_CONTRAST)
            ImageDraw.Draw(scene).polygon(corners, fill=shape_pictures._rgb(colour))
            ImageDraw.Draw(classes).polygon(corners, fill=label)
            return


def _turned(random, corners, x, y, radius):
    """Returns the corners centred, turned, scaled to the radius and moved to (x, y)."""
    points = numpy.array(corners, dtype=float)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    angle = random.uniform(0, 2 * math.pi)
    points = numpy.array([shape_pictures._rotated(point, angle) for point in points])
    points *= 0.95 * radius / numpy.hypot(points[:, 0], points[:, 1]).max()
    return [(float(px + x), float(py + y)) for px, py in points]
