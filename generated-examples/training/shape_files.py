"""Writes and reads the two binary formats: the weights (safetensors) and the test set (see README.md)."""

import gzip
import json
import struct

import numpy

TEST_SET_MAGIC = b"XSHAPES1"


def write_safetensors(path, tensors):
    """Writes float32 arrays in the safetensors format, sorted by name, without gaps."""
    header, position = {}, 0
    for name in sorted(tensors):
        size = tensors[name].size * 4
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [position, position + size]}
        position += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            file.write(numpy.ascontiguousarray(tensors[name], dtype="<f4").tobytes())


def read_safetensors(path):
    """Returns the float32 arrays of a file that `write_safetensors` wrote, by name."""
    with open(path, "rb") as file:
        (header_size,) = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(header_size)), file.read()
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"]).copy()
    return tensors


def write_test_set(path, pictures, labels, probabilities):
    """Writes pictures [n, h, w, 3] uint8, labels [n] and probabilities [n, classes] float32, gzipped, big endian."""
    header = TEST_SET_MAGIC + struct.pack(">4i", *pictures.shape[:3], probabilities.shape[1])
    content = header + pictures.tobytes() + labels.astype("u1").tobytes() + probabilities.astype(">f4").tobytes()
    with open(path, "wb") as file:
        file.write(gzip.compress(content, 9, mtime=0))


def read_test_set(path):
    """Returns (pictures, labels, probabilities) of a file that `write_test_set` wrote."""
    with gzip.open(path) as file:
        content = file.read()
    if content[:8] != TEST_SET_MAGIC:
        raise ValueError(f"{path} does not begin with {TEST_SET_MAGIC.decode()}")
    count, height, width, classes = struct.unpack(">4i", content[8:24])
    pixels_end = 24 + count * height * width * 3
    pictures = numpy.frombuffer(content[24:pixels_end], dtype="u1").reshape(count, height, width, 3)
    labels = numpy.frombuffer(content[pixels_end:pixels_end + count], dtype="u1")
    probabilities = numpy.frombuffer(content[pixels_end + count:], dtype=">f4").reshape(count, classes)
    return pictures, labels.astype(int), probabilities.astype("f4")
