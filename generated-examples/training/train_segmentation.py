"""Makes the network "shapes-segmentation" from nothing: draws its scenes, trains it, exports its files, evaluates it.

    train_segmentation.py train     draws scenes and trains the network on them, into the working folder
    train_segmentation.py export    writes the weights and the example pictures into the project
    train_segmentation.py evaluate  prints the mean intersection over union of the exported weights on new scenes

Needs torch, numpy and Pillow. Every step is seeded.
"""

import argparse
import pathlib
import time

import numpy
import torch
from PIL import Image
from torch.nn import functional

from figure_scenes import LABELS, draw_scene
from segmentation_network import ShapesSegmentation
from shape_files import read_safetensors, write_safetensors

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = EXAMPLES / "models" / "shapes-segmentation.safetensors"
PICTURES = EXAMPLES / "models" / "shapes-segmentation-pictures"
CLASSES = EXAMPLES / "src" / "test" / "resources" / "shapes-segmentation-classes"
SIDE = 96
TRAINING_SEED, TEST_SEED, PICTURES_SEED, WEIGHTS_SEED = 11, 12, 13, 14
PICTURE_SIZES = ((160, 120), (96, 96), (120, 160), (144, 144))


def _scenes(seed, count):
    drawn = [draw_scene(seed, index, (SIDE, SIDE)) for index in range(count)]
    return (torch.from_numpy(numpy.stack([numpy.asarray(picture) for picture, _ in drawn])),
            torch.from_numpy(numpy.stack([classes for _, classes in drawn])).long())


def _input(pictures):
    """Returns the network's input [n, 3, h, w] in [-1, 1] from pictures [n, h, w, 3] of bytes."""
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1


def _scores(network, pictures):
    """Returns scores [n, classes, h, w] at the pictures' size."""
    return functional.interpolate(network(_input(pictures)), scale_factor=2, mode="bilinear", align_corners=False)


def train(work, options):
    """Trains with AdamW and a one-cycle learning rate; keeps the weights of the last epoch."""
    torch.manual_seed(WEIGHTS_SEED)
    torch.set_num_threads(options.threads)
    work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    pictures, classes = _scenes(TRAINING_SEED, options.count)
    print(f"{options.count} scenes, {time.monotonic() - started:.0f} s", flush=True)
    network = ShapesSegmentation(len(LABELS)).to(memory_format=torch.channels_last)
    batches = options.count // options.batch
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=batches * options.epochs)
    for epoch in range(options.epochs):
        total_loss = 0.0
        for chosen in torch.randperm(options.count)[:batches * options.batch].view(batches, -1):
            turns, mirrored = divmod(int(torch.randint(8, ())), 2)
            images, wanted = (torch.rot90(part[chosen], turns, (1, 2)) for part in (pictures, classes))
            if mirrored:
                images, wanted = images.flip(2), wanted.flip(2)
            loss = functional.cross_entropy(_scores(network, images), wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total_loss += loss.item()
        print(f"epoch {epoch + 1}: loss {total_loss / batches:.4f}, {time.monotonic() - started:.0f} s", flush=True)
        torch.save(network.state_dict(), work / "shapes-segmentation.pt")


def export(work, options):
    """Writes the weights, and a few scenes as pictures; for the tests, their classes as grey levels."""
    tensors = torch.load(work / "shapes-segmentation.pt")
    write_safetensors(WEIGHTS, {name: tensor.numpy() for name, tensor in tensors.items()
                                if not name.endswith("num_batches_tracked")})
    for folder in (PICTURES, CLASSES):
        folder.mkdir(parents=True, exist_ok=True)
    for index, size in enumerate(PICTURE_SIZES):
        picture, classes = draw_scene(PICTURES_SEED, index, size)
        picture.save(PICTURES / f"scene-{index + 1}.png", optimize=True)
        Image.fromarray(classes).save(CLASSES / f"scene-{index + 1}.png", optimize=True)


def evaluate(work, options):
    """Prints how well the exported weights do on scenes that nobody has seen."""
    network = ShapesSegmentation(len(LABELS))
    network.load_state_dict({name: torch.from_numpy(values) for name, values in read_safetensors(WEIGHTS).items()},
                            strict=False)
    network.eval()
    pictures, classes = _scenes(TEST_SEED, 500)
    with torch.no_grad():
        found = torch.cat([_scores(network, part).argmax(1) for part in pictures.split(50)])
    print(f"pixels right: {(found == classes).float().mean().item():.2%}")
    for index, label in enumerate(LABELS):
        both = ((found == index) & (classes == index)).sum().item()
        either = ((found == index) | (classes == index)).sum().item()
        print(f"{label}: intersection over union {both / either:.2%}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["train", "export", "evaluate"])
    parser.add_argument("--work", type=pathlib.Path, default=EXAMPLES / "target" / "training")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    {"train": train, "export": export, "evaluate": evaluate}[options.step](options.work, options)


if __name__ == "__main__":
    main()
