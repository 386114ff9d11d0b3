"""Makes the network "xception-shapes" from nothing: draws its pictures, trains it, exports its files, evaluates them.

    train_shapes.py draw      draws the training and validation pictures into the working folder
    train_shapes.py train     trains the network on them, into the working folder
    train_shapes.py export    writes the weights, the example pictures and the test set into the project
    train_shapes.py evaluate  checks the exported files, as a user of them would

Needs torch, numpy and Pillow. Every step is seeded.
"""

import argparse
import csv
import functools
import multiprocessing
import pathlib
import time

import numpy
import torch
from PIL import Image
from torch.nn import functional

from shape_files import read_safetensors, read_test_set, write_safetensors, write_test_set
from shape_pictures import LABELS, draw_picture, resized_to_input
from xception_shapes import XceptionShapes

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = EXAMPLES / "models" / "xception-shapes.safetensors"
PICTURES = EXAMPLES / "models" / "xception-shapes-pictures"
TEST_SET = EXAMPLES / "src" / "test" / "resources" / "shapes-test.bin.gz"

TRAINING_SEED, VALIDATION_SEED, PICTURES_SEED, TEST_SEED, WEIGHTS_SEED = 1, 2, 3, 4, 5
PICTURE_SIZES = ((64, 64), (96, 80), (128, 128), (80, 96))
PROCESSES = 2


def draw(work, options):
    """Draws the training and validation pictures, half of them in other sizes and then resized."""
    work.mkdir(parents=True, exist_ok=True)
    for name, seed, count in (("training", TRAINING_SEED, options.count), ("validation", VALIDATION_SEED, 2000)):
        with multiprocessing.Pool(PROCESSES) as pool:
            drawn = pool.map(functools.partial(_draw_for_training, seed), range(count), chunksize=100)
        numpy.save(work / f"{name}-pictures.npy", numpy.stack([pixels for pixels, _ in drawn]))
        numpy.save(work / f"{name}-labels.npy", numpy.array([label for _, label in drawn]))
        print(f"{name}: {count} pictures")


def _draw_for_training(seed, index):
    random = numpy.random.default_rng([seed, index, 1])
    side = int(random.integers(64, 129))
    size = (64, 64) if random.random() < 0.5 else (side, min(128, int(side * random.uniform(1.0, 1.25))))
    if random.random() < 0.5:
        size = size[::-1]
    picture, label = draw_picture(seed, index, size)
    return resized_to_input(picture), label


def train(work, options):
    """Trains with AdamW and a one-cycle learning rate; keeps the weights of the last epoch."""
    torch.manual_seed(WEIGHTS_SEED)
    torch.use_deterministic_algorithms(True)
    pictures, labels = _load(work, "training")
    validation_pictures, validation_labels = _load(work, "validation")
    network = XceptionShapes(len(LABELS)).to(memory_format=torch.channels_last)
    batches = len(labels) // options.batch
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=batches * options.epochs)
    started = time.monotonic()
    for epoch in range(options.epochs):
        network.train()
        total_loss = 0.0
        for chosen in torch.randperm(len(labels))[:batches * options.batch].view(batches, -1):
            logits = network(_input(_turned(pictures[chosen])))
            loss = functional.cross_entropy(logits, labels[chosen], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total_loss += loss.item()
        right = (_probabilities(network, validation_pictures).argmax(1) == validation_labels).float().mean().item()
        print(f"epoch {epoch + 1}: loss {total_loss / batches:.4f}, validation accuracy {right:.2%}, "
              f"{time.monotonic() - started:.0f} s", flush=True)
    torch.save(network.state_dict(), work / "xception-shapes.pt")


def _load(work, name):
    pictures = numpy.load(work / f"{name}-pictures.npy")
    return torch.from_numpy(pictures), torch.from_numpy(numpy.load(work / f"{name}-labels.npy"))


def _turned(pictures):
    """Returns the batch [n, h, w, c] mirrored and turned in one of eight ways, none of which changes a label."""
    turns, mirrored = divmod(int(torch.randint(8, ())), 2)
    pictures = torch.rot90(pictures, turns, (1, 2))
    return pictures.flip(2) if mirrored else pictures


def _input(pictures):
    """Returns the network's input [n, 3, h, w] in [-1, 1] from pictures [n, h, w, 3] of bytes."""
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1


def _probabilities(network, pictures):
    network.eval()
    with torch.no_grad():
        return torch.cat([functional.softmax(network(_input(batch)), dim=1) for batch in pictures.split(100)])


def export(work, options):
    """Writes the weights, the example pictures and the test set."""
    state = torch.load(work / "xception-shapes.pt")
    weights = {name: tensor.numpy() for name, tensor in state.items() if not name.endswith("num_batches_tracked")}
    write_safetensors(WEIGHTS, weights)
    _write_pictures()
    drawn = [draw_picture(TEST_SEED, index, (64, 64)) for index in range(500)]
    pictures = numpy.stack([numpy.asarray(picture) for picture, _ in drawn])
    probabilities = _probabilities(_exported_network(), torch.from_numpy(pictures)).numpy()
    TEST_SET.parent.mkdir(parents=True, exist_ok=True)
    write_test_set(TEST_SET, pictures, numpy.array([label for _, label in drawn]), probabilities)
    for path in (WEIGHTS, TEST_SET):
        print(f"{path.name}: {path.stat().st_size} bytes")


def _write_pictures():
    PICTURES.mkdir(exist_ok=True)
    rows = []
    for index in range(len(PICTURE_SIZES) * len(LABELS)):
        number = index // len(LABELS)
        picture, label = draw_picture(PICTURES_SEED, index, PICTURE_SIZES[number])
        rows.append((f"{LABELS[label]}-{number + 1}.png", LABELS[label]))
        picture.save(PICTURES / rows[-1][0], optimize=True)
    with open(PICTURES / "labels.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("file", "label"), *sorted(rows)])


def _exported_network():
    network = XceptionShapes(len(LABELS))
    tensors = {name: torch.from_numpy(array) for name, array in read_safetensors(WEIGHTS).items()}
    missing, unexpected = network.load_state_dict(tensors, strict=False)
    if unexpected or not all(name.endswith("num_batches_tracked") for name in missing):
        raise ValueError(f"{WEIGHTS} does not fit the network: missing {missing}, unexpected {unexpected}")
    return network


def evaluate(work, options):
    """Prints the accuracy of the exported weights on the test set and on the example pictures."""
    network = _exported_network()
    pictures, labels, expected = read_test_set(TEST_SET)
    probabilities = _probabilities(network, torch.from_numpy(pictures.copy())).numpy()
    answers = probabilities.argmax(1)
    print(f"test set: {(answers == labels).sum()} of {len(labels)} right, "
          f"largest difference from the stored probabilities {numpy.abs(probabilities - expected).max():.2g}")
    for index in numpy.flatnonzero(answers != labels):
        print(f"  picture {index}: {LABELS[labels[index]]}, taken for {LABELS[answers[index]]}")
    with open(PICTURES / "labels.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    inputs = numpy.stack([resized_to_input(Image.open(PICTURES / row["file"])) for row in rows])
    answers = _probabilities(network, torch.from_numpy(inputs)).argmax(1).tolist()
    wrong = [(row["file"], LABELS[answer]) for row, answer in zip(rows, answers) if LABELS[answer] != row["label"]]
    print(f"example pictures: {len(rows) - len(wrong)} of {len(rows)} right")
    for file_name, answer in wrong:
        print(f"  {file_name}: taken for {answer}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = {"draw": draw, "train": train, "export": export, "evaluate": evaluate}
    parser.add_argument("command", choices=commands)
    parser.add_argument("--work", type=pathlib.Path, default=EXAMPLES / "target" / "training", help="working folder")
    parser.add_argument("--count", type=int, default=24000, help="training pictures to draw")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    started = time.monotonic()
    commands[options.command](options.work, options)
    print(f"{options.command} took {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
