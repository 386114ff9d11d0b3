"""Draws labelled pictures of ten classes of figures, reproducibly from a seed.

Every picture shows exactly one figure, wholly inside the picture and clearly larger and clearly different in colour
from the clutter behind it. A picture depends only on (seed, index, size), never on the pictures drawn before it.
"""

import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

LABELS = ("arrow", "crescent", "cross", "disc", "heart", "pentagon", "ring", "square", "star", "triangle")
SUPERSAMPLING = 3
FIGURE_CONTRAST = 260
DETAIL_CONTRAST = 120


def draw_picture(seed, index, size):
    """Returns (picture, label index): an RGB picture of `size` = (width, height) and the class that it shows.

    The classes take turns: the label index is `index` modulo the number of classes.
    """
    random = numpy.random.default_rng([seed, index])
    label_index = index % len(LABELS)
    width, height = size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING
    background_colours = _background_colours(random)
    figure_colour = _contrasting_colour(random, background_colours, FIGURE_CONTRAST)
    scene = _gradient(random, width, height, background_colours)
    _draw_clutter(random, scene, figure_colour)
    _draw_figure(random, scene, LABELS[label_index], figure_colour, background_colours)
    return _weathered(random, scene.reduce(SUPERSAMPLING)), label_index


def resized_to_input(picture, side=64):
    """Returns the picture as `side` x `side` x 3 bytes; another size is resized by Pillow's bilinear filter."""
    if picture.size != (side, side):
        picture = picture.resize((side, side), Image.BILINEAR)
    return numpy.asarray(picture, dtype=numpy.uint8)


# Figures: each function returns the corners of a closed polygon, in any position and scale.

def _arrow(random):
    shaft, head = random.uniform(0.14, 0.22), random.uniform(0.48, 0.62)
    neck = random.uniform(-0.05, 0.15)
    upper = [(-1, shaft), (neck, shaft), (neck, head), (0.9, 0)]
    return upper + [(x, -y) for x, y in reversed(upper[:-1])]


def _crescent(random):
    inner_radius, distance = random.uniform(0.78, 0.95), random.uniform(0.38, 0.52)
    horn_x = (1 + distance ** 2 - inner_radius ** 2) / (2 * distance)
    horn_angle = math.acos(horn_x)
    inner_angle = math.atan2(math.sin(horn_angle), horn_x - distance)
    outer = [_polar(1, angle) for angle in numpy.linspace(horn_angle, 2 * math.pi - horn_angle, 48)]
    inner = [_polar(inner_radius, angle) for angle in numpy.linspace(2 * math.pi - inner_angle, inner_angle, 48)]
    return outer + [(x + distance, y) for x, y in inner]


def _cross(random):
    arm = random.uniform(0.2, 0.3)
    quarter = [(arm, arm), (arm, 1), (-arm, 1)]
    return [_rotated(corner, turn * math.pi / 2) for turn in range(4) for corner in quarter]


def _disc(random):
    return _regular(72, 1)


def _heart(random):
    angles = numpy.linspace(0, 2 * math.pi, 72, endpoint=False)
    x = 16 * numpy.sin(angles) ** 3
    y = 13 * numpy.cos(angles) - 5 * numpy.cos(2 * angles) - 2 * numpy.cos(3 * angles) - numpy.cos(4 * angles)
    return list(zip(x, y))


def _pentagon(random):
    return _regular(5, 1)


def _square(random):
    return _regular(4, 1)


def _star(random):
    points = int(random.integers(5, 7))
    inner_radius = random.uniform(0.4, 0.5)
    return [_polar(1 if corner % 2 == 0 else inner_radius, corner * math.pi / points) for corner in range(2 * points)]


def _triangle(random):
    half_base = random.uniform(0.45, 0.7)
    return [(-half_base, 0), (half_base, 0), (random.uniform(-0.15, 0.15), 1)]


# A ring is the thick outline of a disc.
FIGURES = {"arrow": _arrow, "crescent": _crescent, "cross": _cross, "disc": _disc, "heart": _heart,
           "pentagon": _pentagon, "ring": _disc, "square": _square, "star": _star, "triangle": _triangle}


def _regular(corners, radius):
    return [_polar(radius, corner * 2 * math.pi / corners) for corner in range(corners)]


def _polar(radius, angle):
    return radius * math.cos(angle), radius * math.sin(angle)


def _rotated(point, angle):
    x, y = point
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


# The scene.

def _draw_figure(random, scene, label, colour, background_colours):
    """Draws the figure filled, outlined, or filled with an outline; a disc is always filled, a ring never."""
    radius = min(scene.size) * random.uniform(0.24, 0.42)
    stroke, style = radius * random.uniform(0.14, 0.22), random.choice(["filled", "outlined", "both"])
    if label == "ring":
        stroke, style = radius * random.uniform(0.25, 0.5), "outlined"
    elif label == "disc":
        style = "filled"
    corners = _placed(random, FIGURES[label](random), radius, stroke if style != "filled" else 0, scene.size)
    if style != "outlined":
        second_colour = numpy.clip(colour + random.uniform(-25, 25, 3), 0, 255)
        fill = _gradient(random, *scene.size, (colour, second_colour))
        scene.paste(fill, mask=_filled_mask(scene.size, corners))
    if style == "both":
        colour = _contrasting_colour(random, [*background_colours, colour], DETAIL_CONTRAST)
    if style != "filled":
        scene.paste(_rgb(colour), mask=_outline_mask(scene.size, corners, stroke))


def _placed(random, corners, radius, stroke, size):
    """Returns the corners stretched a little, turned, scaled so that the inked figure spans `radius`, and moved."""
    points = numpy.array(corners, dtype=float)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    points[:, 0] *= random.uniform(0.9, 1.1)
    angle = random.uniform(0, 2 * math.pi)
    points = numpy.array([_rotated(point, angle) for point in points])
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    points *= (radius - stroke / 2) / numpy.hypot(points[:, 0], points[:, 1]).max()
    reach = numpy.abs(points).max(axis=0) + stroke / 2 + 2 * SUPERSAMPLING
    centre = [random.uniform(reach[axis], size[axis] - reach[axis]) for axis in (0, 1)]
    return [tuple(point) for point in points + centre]


def _filled_mask(size, corners):
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    return mask


def _outline_mask(size, corners, stroke):
    mask = Image.new("L", size)
    drawing = ImageDraw.Draw(mask)
    for start, end in zip(corners, corners[1:] + corners[:1]):
        drawing.line([start, end], fill=255, width=round(stroke))
        _draw_dot(drawing, start, stroke / 2, 255)
    return mask


def _draw_dot(drawing, centre, radius, colour):
    x, y = centre
    drawing.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)


def _draw_clutter(random, scene, figure_colour):
    """Draws thin lines and small uneven blobs, whose colours differ from that of the figure."""
    drawing, side = ImageDraw.Draw(scene), min(scene.size)
    for _ in range(random.integers(0, 7)):
        ends = [tuple(random.uniform(0, scene.size)) for _ in range(2)]
        colour = _contrasting_colour(random, [figure_colour], DETAIL_CONTRAST)
        drawing.line(ends, fill=_rgb(colour), width=round(side * random.uniform(0.01, 0.025)))
    for _ in range(random.integers(0, 7)):
        colour = _contrasting_colour(random, [figure_colour], DETAIL_CONTRAST)
        centre, radius = random.uniform(0, scene.size), side * random.uniform(0.02, 0.045)
        for _ in range(3):
            offset = random.uniform(-radius, radius, 2)
            _draw_dot(drawing, tuple(centre + offset), radius * random.uniform(0.5, 1), _rgb(colour))


def _weathered(random, picture):
    """Returns the picture blurred a little in one of two cases, then with noise in one of two cases."""
    pixels_per_unit = min(picture.size) / 64
    if random.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 0.9) * pixels_per_unit))
    if random.random() < 0.5:
        pixels = numpy.asarray(picture, dtype=float)
        pixels = pixels + random.normal(0, random.uniform(2, 10), pixels.shape)
        picture = Image.fromarray(numpy.clip(numpy.rint(pixels), 0, 255).astype(numpy.uint8))
    return picture


# Colours.

def _background_colours(random):
    first = random.uniform(0, 255, 3)
    return first, numpy.clip(first + random.uniform(-90, 90, 3), 0, 255)


def _contrasting_colour(random, others, contrast):
    """Returns the first random colour whose weighted RGB distance to each of the others is at least `contrast`.

    Each failed attempt lowers the demand a little, because no colour may be that far from all the others.
    """
    while True:
        colour = random.uniform(0, 255, 3)
        if all(_distance(colour, other) >= contrast for other in others):
            return colour
        contrast *= 0.995


def _distance(colour, other):
    return math.sqrt(((colour - other) ** 2 * (2, 4, 3)).sum())


def _rgb(colour):
    return tuple(int(channel) for channel in colour)


def _gradient(random, width, height, colours):
    """Returns a picture that changes evenly from the first colour to the second, in a random direction."""
    direction = random.uniform(0, 2 * math.pi)
    y, x = numpy.mgrid[0:height, 0:width]
    ramp = x / width * math.cos(direction) + y / height * math.sin(direction)
    ramp = ((ramp - ramp.min()) / (ramp.max() - ramp.min()))[:, :, None]
    return Image.fromarray((colours[0] * (1 - ramp) + colours[1] * ramp).astype(numpy.uint8))
