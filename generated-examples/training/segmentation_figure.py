"""Draws ../segmentation.png, the README's picture: what `xceptionc predict --masks` makes of the example scenes.

    segmentation_figure.py MASKS   with the folder that `predict --masks MASKS` has written

Above the scenes, below each its classes over it, both as they are. Needs Pillow.
"""

import pathlib
import sys

from PIL import Image

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
PICTURES = EXAMPLES / "models" / "shapes-segmentation-pictures"
GAP, ROW_HEIGHT = 8, 160


def main(masks):
    scenes = sorted(PICTURES.glob("scene-*.png"))
    rows = [[Image.open(scene).convert("RGB") for scene in scenes],
            [Image.open(masks / f"{scene.stem}.overlay.png").convert("RGB") for scene in scenes]]
    rows = [[picture.resize((round(picture.width * ROW_HEIGHT / picture.height), ROW_HEIGHT), Image.NEAREST)
             for picture in row] for row in rows]
    width = sum(picture.width + GAP for picture in rows[0]) - GAP
    figure = Image.new("RGB", (width, 2 * ROW_HEIGHT + GAP), "white")
    for y, row in enumerate(rows):
        x = 0
        for picture in row:
            figure.paste(picture, (x, y * (ROW_HEIGHT + GAP)))
            x += picture.width + GAP
    figure.save(EXAMPLES / "segmentation.png", optimize=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
