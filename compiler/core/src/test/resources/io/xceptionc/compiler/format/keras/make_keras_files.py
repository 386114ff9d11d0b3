"""Writes a small network of separable convolutions and a residual in each layout that Keras has saved models in.

    make_keras_files.py            writes the files beside this script, and PyTorch's answer to them
    make_keras_files.py --xception FILE    writes the paper's Xception as keras-applications publishes it

Needs h5py, numpy and torch, but no Keras: each layout is written as the function of Keras does that is named beside it. Values
and the definition of the answer are those of generated-examples/goldens.
"""
import argparse
import io
import json
import pathlib
import sys
import zipfile
import zlib

import h5py
import numpy

HERE = pathlib.Path(__file__).resolve().parent
GOLDENS = next(parent for parent in HERE.parents if (parent / ".github").exists()) / "generated-examples" / "goldens"
sys.path.insert(0, str(GOLDENS))

import networks  # noqa: E402
from formula import FormulaWeights, formula_input  # noqa: E402
from network import SAME, Network  # noqa: E402

SEED = 1
SIZE = (17, 19)
HDF5_OBJECT_HEADER_LIMIT = 64512

TRAINED = ("kernel", "depthwise_kernel", "pointwise_kernel", "bias", "gamma", "beta")


def small(net, source):
    """What the files hold: layers in the order in which a Keras model lists them."""
    x = net.relu("relu1", net.batch_norm("bn1", net.conv2d("conv1", source, 8, 3, stride=2)))
    entered = x
    x = net.relu("relu2", net.batch_norm("sep1_bn", net.separable_conv2d("sep1", x, 16, 3, SAME)))
    x = net.batch_norm("sep2_bn", net.separable_conv2d("sep2", x, 16, 3, SAME))
    x = net.max_pool2d("pool", x, 3, 2, SAME)
    skip = net.batch_norm("skip_bn", net.conv2d("skip", entered, 16, 1, stride=2, padding=SAME))
    x = net.relu("relu3", net.add("add", x, skip))
    x = net.relu("relu4", net.depthwise_conv2d("dw", x, 3, padding=1, bias=True))
    x = net.dense("predictions", net.global_avg_pool2d("avg_pool", x), 5)
    return net.softmax("predictions_activation", x)


class Recorder(FormulaWeights):
    """Keeps what the network asks for, layer by layer, in order."""

    def __init__(self):
        super().__init__(SEED)
        self.layers = {}

    def keep(self, name, values):
        layer, weight = name.split("/")
        self.layers.setdefault(layer, {})[weight] = values
        return values

    def kernel(self, name, shape, fan_in):
        return self.keep(name, super().kernel(name, shape, fan_in))

    def shift(self, name, channels):
        return self.keep(name, super().shift(name, channels))

    def scale(self, name, channels):
        return self.keep(name, super().scale(name, channels))


def weights_of(network, size):
    """(layers with their weights by name, all layers with operation and inputs, the answer)."""
    recorder = Recorder()
    net = Network("keras", 1e-3, recorder)
    answer = network(net, net.input(formula_input(SEED, (1, *size, 3))))
    wiring = in_keras_order(net.wiring)
    weights = {name: recorder.layers[name] for name, _, _ in wiring if name in recorder.layers}
    return weights, wiring, answer.channels_last()


def in_keras_order(wiring):
    """The layers of a model by their depth, as Keras lists them: beside a pool and what comes before it stands the skip."""
    rows = list(wiring)
    for index, (name, operation, _) in enumerate(rows):
        if operation == "max_pool2d" and rows[index + 1][1] == "conv2d":
            rows[index], rows[index + 1] = rows[index + 1], rows[index]
    return [(*row,) for row in rows]


# ---------------------------------------------------------------- legacy: keras/src/legacy/saving/legacy_h5_format.py

def save_attributes_to_hdf5_group(group, name, data):
    """legacy_h5_format.save_attributes_to_hdf5_group."""
    data_npy = numpy.asarray(data)
    num_chunks = 1
    chunked_data = numpy.array_split(data_npy, num_chunks)
    while any(chunk.nbytes > HDF5_OBJECT_HEADER_LIMIT for chunk in chunked_data):
        num_chunks += 1
        chunked_data = numpy.array_split(data_npy, num_chunks)
    if num_chunks > 1:
        for chunk_id, chunk_data in enumerate(chunked_data):
            group.attrs["%s%d" % (name, chunk_id)] = chunk_data
    else:
        group.attrs[name] = data


def save_weights_to_hdf5_group(group, layer_names, weights, weight_name, version, create=None):
    """legacy_h5_format.save_weights_to_hdf5_group; in Keras 1 keras/engine/topology.py, Container.save_weights_to_hdf5_group,
    which has neither version nor backend."""
    save_attributes_to_hdf5_group(group, "layer_names", [name.encode("utf8") for name in layer_names])
    if version:
        group.attrs["backend"] = "tensorflow".encode("utf8")
        group.attrs["keras_version"] = version.encode("utf8")
    for layer in layer_names:
        layer_group = group.create_group(layer)
        names = [weight_name(layer, weight) for weight in weights.get(layer, {})]
        save_attributes_to_hdf5_group(layer_group, "weight_names", [name.encode("utf8") for name in names])
        for name, values in zip(names, weights.get(layer, {}).values()):
            if create:
                create(layer_group, name, values)
            else:
                layer_group.create_dataset(name, values.shape, dtype=values.dtype)[...] = values


KERAS1_NAMES = {"kernel": "W", "bias": "b", "moving_mean": "running_mean", "moving_variance": "running_std"}


def keras1_name(layer, weight):
    """keras/layers/convolutional.py and normalization.py of Keras 1: name='{}_W'.format(self.name), and TensorFlow's number."""
    return f"{layer}_{KERAS1_NAMES.get(weight, weight)}_1:0"


def keras2_name(layer, weight):
    """The name of a variable of TensorFlow in the scope of its layer."""
    return f"{layer}/{weight}:0"


def keras3_name(layer, weight):
    """Variable.path, keras/src/backend/common/variables.py; depthwise convolutions have a `kernel` there."""
    return f"{layer}/{'kernel' if weight == 'depthwise_kernel' and layer == 'dw' else weight}"


# ---------------------------------------------------------------- the configs: Functional.get_config of Keras 2 and 3

def layer_config(name, operation, output_count):
    """(class, attributes) as get_config of the layers gives them."""
    base = {"name": name, "trainable": True, "dtype": "float32"}
    if operation in ("conv2d", "separable_conv2d", "depthwise_conv2d"):
        kernel, stride, padding = {"conv1": (3, 2, "valid"), "skip": (1, 2, "same")}.get(name, (3, 1, "same"))
        base |= {"kernel_size": [kernel, kernel], "strides": [stride, stride], "padding": padding,
                 "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "linear",
                 "use_bias": operation == "depthwise_conv2d"}
        if operation == "conv2d":
            return "Conv2D", base | {"filters": output_count}
        base |= {"depth_multiplier": 1}
        if operation == "depthwise_conv2d":
            return "DepthwiseConv2D", base
        return "SeparableConv2D", base | {"filters": output_count}
    if operation == "batch_norm":
        return "BatchNormalization", base | {"axis": [3], "momentum": 0.99, "epsilon": 0.001, "center": True,
                                             "scale": True}
    return {
        "relu": ("Activation", base | {"activation": "relu"}),
        "max_pool2d": ("MaxPooling2D", base | {"pool_size": [3, 3], "padding": "same", "strides": [2, 2],
                                               "data_format": "channels_last"}),
        "add": ("Add", base),
        "global_avg_pool2d": ("GlobalAveragePooling2D", base | {"data_format": "channels_last", "keepdims": False}),
        "dense": ("Dense", base | {"units": output_count, "activation": "softmax", "use_bias": True}),
    }[operation]


def functional_config(wiring, weights, inbound, version):
    """keras/engine/functional.py get_network_config (2) and keras/src/models/functional.py Functional.get_config (3)."""
    input_config = {"name": "input_1", "dtype": "float32", "sparse": False}
    input_config |= {"batch_shape": [None, *SIZE, 3]} if version == 3 else {"batch_input_shape": [None, *SIZE, 3],
                                                                           "ragged": False}
    layers = [("input_1", "InputLayer", input_config, [])]
    for name, operation, sources in wiring:
        if operation == "softmax":
            continue
        vectors = weights.get(name, {})
        count = next((v.shape[-1] for key, v in vectors.items() if key in ("kernel", "pointwise_kernel")), 0)
        class_name, config = layer_config(name, operation, count)
        layers.append((name, class_name, config, ["input_1" if s == "input" else s for s in sources.split()]))
    described = []
    for name, class_name, config, sources in layers:
        layer = {"class_name": class_name, "config": config, "name": name,
                 "inbound_nodes": inbound(sources) if sources else []}
        if version == 3:
            layer |= {"module": "keras.layers", "registered_name": None}
        described.append(layer)
    ends = (["input_1", 0, 0], ["predictions", 0, 0])
    input_layers, output_layers = ends if version == 3 else ([ends[0]], [ends[1]])
    model = {"class_name": "Functional", "config": {"name": "small", "trainable": True, "layers": described,
                                                    "input_layers": input_layers, "output_layers": output_layers}}
    return model | ({"module": "keras.src.models.functional", "registered_name": "Functional"} if version == 3 else {})


def keras2_inbound(sources):
    """keras/engine/node.py, Node.serialize."""
    return [[[source, 0, 0, {}] for source in sources]]


def keras3_inbound(sources):
    """keras/src/models/functional.py, serialize_node."""
    tensors = [{"class_name": "__keras_tensor__", "config": {"shape": [None, None], "dtype": "float32",
                                                            "keras_history": [source, 0, 0]}} for source in sources]
    return [{"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {}}]


# ---------------------------------------------------------------- Keras 3: keras/src/saving/saving_lib.py

DIRECTORIES = {"input": "input_layer", "conv2d": "conv2d", "separable_conv2d": "separable_conv2d",
               "depthwise_conv2d": "depthwise_conv2d", "batch_norm": "batch_normalization", "relu": "activation",
               "max_pool2d": "max_pooling2d", "add": "add", "global_avg_pool2d": "global_average_pooling2d",
               "dense": "dense"}


def save_state(file, wiring, weights, with_names, container="layers"):
    """saving_lib._save_state, _save_container_state and H5IOStore.make; newer versions give `vars` the layer's name."""
    file.create_group("vars")
    used_names = {}
    for name, operation, _ in [("input_1", "input", ""), *wiring]:
        if operation == "softmax":
            continue
        directory = DIRECTORIES[operation]
        if directory in used_names:
            used_names[directory] += 1
            directory = f"{directory}_{used_names[directory]}"
        else:
            used_names[directory] = 0
        variables = file.create_group(f"{container}/{directory}").create_group("vars")
        if with_names:
            variables.attrs["name"] = name
        # Layer.save_own_variables: those that are trained, then the others.
        for index, values in enumerate(weights.get(name, {}).values()):
            variables[str(index)] = values


def save_archive(path, wiring, weights, compression=zipfile.ZIP_STORED):
    """saving_lib._save_model_to_fileobj."""
    config = functional_config(wiring, weights, keras3_inbound, 3)
    inner = io.BytesIO()
    with h5py.File(inner, "w") as file:
        save_state(file, wiring, weights, with_names=True)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in (("metadata.json", json.dumps({"keras_version": "3.4.1", "date_saved": "2024-07-01@00:00:00"})),
                              ("config.json", json.dumps(config)), ("model.weights.h5", inner.getvalue())):
            archive.writestr(zipfile.ZipInfo(name, (2024, 7, 1, 0, 0, 0)), content, compression)


# ---------------------------------------------------------------- all files

def compressed(group, name, values):
    """Each dataset in another way that h5py offers: gzip, shuffle, checksum, halves, doubles, chunks that stick out."""
    kind = len(name) % 4
    dtype = numpy.float64 if kind == 2 else numpy.float32
    chunks = tuple(max(1, (size + 1) // 2) if size > 4 else size for size in values.shape)
    group.create_dataset(name, data=values.astype(dtype), chunks=chunks, compression="gzip" if kind != 3 else None,
                         shuffle=kind in (0, 1), fletcher32=kind in (1, 3))


def write_legacy(name, layers, weights, weight_name, version, config=None, group=None, create=None, **file_options):
    with h5py.File(HERE / name, "w", **file_options) as file:
        if config:
            # saving_utils.model_metadata
            file.attrs["keras_version"] = version
            file.attrs["backend"] = "tensorflow"
            file.attrs["model_config"] = json.dumps(config).encode("utf8")
        target = file.create_group(group) if group else file
        save_weights_to_hdf5_group(target, layers, weights, weight_name, version, create)


def nested(weights):
    """A model inside of a model: its weights stand in one group, those that are trained first (Model.weights of Keras 2)."""
    inner = [name for name in weights if name != "predictions"]
    pairs = [(layer, weight) for layer in inner for weight in weights[layer] if weight in TRAINED]
    pairs += [(layer, weight) for layer in inner for weight in weights[layer] if weight not in TRAINED]
    return {"backbone": {f"{layer}/{weight}": weights[layer][weight] for layer, weight in pairs},
            "predictions": weights["predictions"]}


def write_all():
    weights, wiring, answer = weights_of(small, SIZE)
    layers = ["input_1", *(name for name, operation, _ in wiring if operation != "softmax")]
    numpy.save(HERE / "small-answer.npy", answer.astype(numpy.float64).reshape(-1))
    config2 = functional_config(wiring, weights, keras2_inbound, 2)
    config3 = functional_config(wiring, weights, keras3_inbound, 3)
    write_legacy("keras1.h5", layers, weights, keras1_name, None)
    write_legacy("keras2.h5", layers, weights, keras2_name, "2.11.0")
    write_legacy("keras2-model.h5", layers, weights, keras2_name, "2.11.0", config2, "model_weights")
    write_legacy("keras3-model.h5", layers, weights, keras3_name, "3.4.1", config3, "model_weights")
    write_legacy("compressed.h5", layers, weights, keras2_name, "2.11.0", create=compressed)
    write_legacy("latest.h5", layers, weights, keras2_name, "2.11.0", libver="latest")
    write_legacy("latest-compressed.h5", layers, weights, keras2_name, "2.11.0", create=compressed, libver="latest")
    write_legacy("user-block.h5", layers, weights, keras2_name, "2.11.0", userblock_size=1024)
    write_legacy("nested.h5", ["backbone", "predictions"], nested(weights),
                 lambda layer, weight: f"{weight}:0" if "/" in weight else keras2_name(layer, weight), "2.11.0")
    global HDF5_OBJECT_HEADER_LIMIT
    HDF5_OBJECT_HEADER_LIMIT = 40
    write_legacy("chunked-names.h5", layers, weights, keras2_name, "2.11.0")
    HDF5_OBJECT_HEADER_LIMIT = 64512
    for name, with_names, container in (("keras3.weights.h5", False, "layers"),
                                        ("keras3-named.weights.h5", True, "layers"),
                                        ("keras2.13.weights.h5", False, "_layer_checkpoint_dependencies")):
        with h5py.File(HERE / name, "w") as file:
            save_state(file, wiring, weights, with_names, container)
    save_archive(HERE / "small.keras", wiring, weights)
    save_archive(HERE / "deflated.keras", wiring, weights, zipfile.ZIP_DEFLATED)
    write_types()
    write_hostile()
    write_patched()


def one_layer(name, make, **options):
    """A legacy file of one layer, whose group is filled by a function."""
    with h5py.File(HERE / "bad" / name, "w", **options) as file:
        save_attributes_to_hdf5_group(file, "layer_names", [b"conv1"])
        group = file.create_group("conv1")
        save_attributes_to_hdf5_group(group, "weight_names", [b"conv1/kernel:0"])
        make(file, group)


def write_hostile():
    """What HDF5 offers and weights must not use."""
    (HERE / "bad").mkdir(exist_ok=True)
    path = "conv1/kernel:0"
    one_layer("soft-link.h5", lambda file, group: group.__setitem__(path, h5py.SoftLink("/elsewhere")))
    one_layer("soft-link-cycle.h5", lambda file, group: group.__setitem__(path, h5py.SoftLink("/conv1/conv1/kernel:0")))
    one_layer("external-link.h5", lambda file, group: group.__setitem__(path, h5py.ExternalLink("/etc/passwd", "/x")))
    one_layer("latest-soft-link.h5", lambda file, group: group.__setitem__(path, h5py.SoftLink("/elsewhere")),
              libver="latest")
    one_layer("external-storage.h5", lambda file, group: group.create_dataset(
        path, (3, 3, 3, 8), dtype="f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)]))

    def virtual(file, group):
        layout = h5py.VirtualLayout(shape=(3, 3, 3, 8), dtype="f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", shape=(3, 3, 3, 8))
        group.create_virtual_dataset(path, layout)

    one_layer("virtual.h5", virtual)
    one_layer("filter.h5", lambda file, group: group.create_dataset(path, data=numpy.zeros((3, 3, 3, 8), "f4"),
                                                                     compression="lzf"))
    one_layer("big-endian.h5", lambda file, group: group.create_dataset(path, data=numpy.zeros((3, 3, 3, 8), ">f4")))
    one_layer("text.h5", lambda file, group: group.create_dataset(path, data=numpy.asarray([b"one", b"two"])))
    # H5Entry.__setitem__ of Keras 3: numbers of ml_dtypes are opaque to h5py.
    one_layer("bfloat16.h5", lambda file, group: group.create_dataset(path, data=numpy.zeros((4, 4), "V2")))
    one_layer("group.h5", lambda file, group: group.create_group(path))
    one_layer("missing.h5", lambda file, group: None)
    one_layer("never-written.h5", lambda file, group: group.create_dataset(path, (1 << 14, 1 << 14, 1 << 12), "f4"))
    one_layer("never-written-chunks.h5", lambda file, group: group.create_dataset(
        path, (1 << 14, 1 << 14, 1 << 12), "f4", chunks=(1 << 12, 1 << 12, 1), compression="gzip"))

    def loop(file, group):
        del file["conv1"]
        file.attrs.clear()
        layers = file.create_group("layers").create_group("functional")
        layers["layers"] = file["layers"]

    one_layer("loop.weights.h5", loop)
    with h5py.File(HERE / "bad" / "no-group.h5", "w") as file:
        save_attributes_to_hdf5_group(file, "layer_names", [b"conv1"])
    with h5py.File(HERE / "bad" / "not-keras.h5", "w") as file:
        file["data"] = numpy.zeros(3, "f4")


def patched(name, source, change):
    """A file of `bad` made from another by changing its bytes."""
    content = bytearray((HERE / source).read_bytes())
    change(content)
    (HERE / "bad" / name).write_bytes(content)


def replace(content, old, new):
    """Replaces what is there exactly once."""
    assert content.count(old) == 1 and len(old) == len(new), (content.count(old), old)
    start = content.index(old)
    content[start:start + len(old)] = new


def numbers(size, *values):
    return b"".join(value.to_bytes(size, "little") for value in values)


def write_patched():
    """What no library writes: sizes that overflow, trees and headers that lead back to themselves."""
    path = "conv1/kernel:0"
    one_layer("plain.h5", lambda file, group: group.create_dataset(path, data=numpy.zeros((3, 3, 5, 7), "f4")))
    one_layer("chunks.h5", lambda file, group: group.create_dataset(path, data=numpy.zeros((64, 1), "f4"), chunks=(1, 1),
                                                                     compression="gzip"))

    def direct(stored):
        def make(file, group):
            dataset = group.create_dataset(path, (4, 4), "f4", chunks=(4, 4), compression="gzip")
            dataset.id.write_direct_chunk((0, 0), stored)
        return make

    one_layer("chunk-too-long.h5", direct(zlib.compress(bytes(1 << 16))))
    one_layer("chunk-too-short.h5", direct(zlib.compress(bytes(60))))
    one_layer("chunk-not-deflated.h5", direct(bytes(range(64))))
    one_layer("checksum.h5", lambda file, group: group.create_dataset(
        path, data=numpy.full((4, 4), 0.7431, "f4"), chunks=(4, 4), fletcher32=True))
    value = numpy.full(1, 0.7431, "f4").tobytes()
    patched("checksum.h5", "bad/checksum.h5", lambda c: replace(c, value * 16, value * 15 + bytes(4)))
    shape = numbers(8, 3, 3, 5, 7)
    patched("shape-overflow.h5", "bad/plain.h5", lambda c: replace(c, shape * 2, numbers(8, *[1 << 62] * 4) * 2))
    patched("shape-negative.h5", "bad/plain.h5", lambda c: replace(c, shape * 2, numbers(8, (1 << 64) - 1, 3, 5, 7) * 2))
    patched("shape-too-large.h5", "bad/plain.h5", lambda c: replace(c, shape * 2, numbers(8, 3, 3, 5, 8) * 2))
    chunk, wide = numbers(4, 1, 1, 4), 1 << 24
    patched("chunk-overflow.h5", "bad/chunks.h5",
            lambda c: replace(c, chunk, numbers(4, 0x7FFFFFFF, 0x7FFFFFFF, 4)))
    patched("chunk-zero.h5", "bad/chunks.h5", lambda c: replace(c, chunk, numbers(4, 0, 1, 4)))
    patched("chunks-missing.h5", "bad/chunks.h5",
            lambda c: replace(c, numbers(8, 64, 1) * 2, numbers(8, 65, 1) * 2))

    def bomb(content):
        replace(content, chunk, numbers(4, 1, wide, 4))
        replace(content, numbers(8, 64, 1) * 2, numbers(8, 64, wide) * 2)

    patched("bomb.h5", "bad/chunks.h5", bomb)

    def tree(content):
        start = content.rindex(b"TREE\0\0")
        content[start + 5] = 1
        content[start + 32:start + 40] = numbers(8, start)

    patched("tree-loop.h5", "bad/plain.h5", tree)

    def header(content):
        """The symbol table of the root becomes a continuation at the end of the file, which continues with itself."""
        root = int.from_bytes(content[64:72], "little")
        message = content.index(numbers(2, 0x11, 16), root)
        end = len(content)
        content[message:message + 2] = numbers(2, 0x10)
        content[message + 8:message + 24] = numbers(8, end, 24)
        content[root + 2:root + 4] = numbers(2, 0xFFFF)
        content += numbers(2, 0x10, 16) + bytes(4) + numbers(8, end, 24)

    patched("header-loop.h5", "bad/plain.h5", header)
    with h5py.File(HERE / "bad" / "many.h5", "w", libver="latest") as file:
        save_attributes_to_hdf5_group(file, "layer_names", [b"layer0"])
        for index in range(12):
            file.create_group(f"layer{index}")

    def header2(content):
        """The same for the headers of newer files, whose checksum comes after."""
        root = int.from_bytes(content[36:44], "little")
        message = content.index(bytes([2, 18, 0]), root)
        end = len(content)
        content[message] = 0x10
        content[message + 4:message + 20] = numbers(8, end, 32)
        content += b"OCHK" + bytes([0x10]) + numbers(2, 16) + bytes(1) + numbers(8, end, 32) + bytes(8)

    patched("latest-header-loop.h5", "bad/many.h5", header2)

    def index(content):
        start = content.index(b"BTHD") + 16 + 8 + 2
        content[start:start + 8] = numbers(8, 0x7FFFFFFF)

    patched("index-overflow.h5", "bad/many.h5", index)

    def heap(content):
        start = content.index(b"FRHP") + 14 + 12 * 8
        content[start:start + 2] = b"\xff\xff"

    patched("heap-overflow.h5", "bad/many.h5", heap)
    for name in ("plain.h5", "chunks.h5", "many.h5"):
        (HERE / "bad" / name).unlink()


def write_types():
    """A layer with each type of elements that Keras stores."""
    values = numpy.arange(-8, 8, dtype="f4").reshape(4, 4) / 4
    with h5py.File(HERE / "types.weights.h5", "w") as file:
        for index, dtype in enumerate(("f2", "f4", "f8")):
            file[f"layers/dense{f'_{index}' if index else ''}/vars/0"] = values.astype(dtype)
        bfloat16 = h5py.h5t.IEEE_F32LE.copy()
        bfloat16.set_fields(15, 7, 8, 0, 7)
        bfloat16.set_precision(16)
        bfloat16.set_size(2)
        variables = file.create_group("layers/dense_3/vars")
        dataset = h5py.h5d.create(variables.id, b"0", bfloat16, h5py.h5s.create_simple((4, 4)))
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


def write_xception(path):
    """keras-applications' xception_weights_tf_dim_ordering_tf_kernels.h5: all layers in Keras' order, Keras 2 names."""
    weights, wiring, answer = weights_of(networks.xception, (71, 95))
    layers = ["input_1", *(name for name, operation, _ in wiring if operation != "softmax")]
    with h5py.File(path, "w") as file:
        save_weights_to_hdf5_group(file, layers, weights, keras2_name, "2.0.4")
    print(sum(values.size for layer in weights.values() for values in layer.values()), "parameters")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--xception")
    options = parser.parse_args()
    if options.xception:
        write_xception(options.xception)
    else:
        write_all()
