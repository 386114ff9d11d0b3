"""Writes the ONNX models in this folder, by torch.onnx.export and by onnx.helper, and what PyTorch answers.

    make_models.py            writes all of them
    make_models.py NAME ...   only those named

Needs torch, onnx and numpy. README.md describes the files.
"""
import argparse
import pathlib
import sys

import numpy
import onnx
import torch
import torch.nn.functional as functional
from onnx import TensorProto, helper

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "goldens"))

from formula import formula_input  # noqa: E402
from network import same_padding  # noqa: E402
import small_networks as small  # noqa: E402

SEED = 1
OPSET = 13


def image(height, width, channels=3):
    """The input of all models, [1, height, width, channels]."""
    return formula_input(SEED, (1, height, width, channels))


def channels_first(values):
    return torch.from_numpy(numpy.ascontiguousarray(values.transpose(0, 3, 1, 2))).float()


def save_answer(name, answer):
    """As [height, width, channels] or [channels], float32, flattened."""
    values = (answer.permute(0, 2, 3, 1) if answer.dim() == 4 else answer).detach().numpy()
    numpy.save(FOLDER / f"{name}.npy", values.astype("<f4").ravel())


def trained_a_little(network, x):
    """The network with statistics of batch norms that are not those of a new one, in eval mode."""
    torch.manual_seed(SEED)
    network(x)  # lets lazy layers find their sizes
    for module in network.modules():
        if isinstance(module, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_mean, -0.5, 0.5)
            torch.nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network.eval()


def export(name, define, height, width, opset=OPSET, **options):
    x = channels_first(image(height, width))
    torch.manual_seed(SEED)
    network = trained_a_little(define().eval(), x)
    torch.onnx.export(network, x, FOLDER / f"{name}.onnx", opset_version=opset, input_names=["image"],
                      output_names=["scores"], **options)
    save_answer(name, network.double()(x.double()))


def folded():
    """Batch norms folded into the convolutions, everything of a fixed size: what export does by default."""
    export("folded", small.Xceptionette, 33, 47)


def preserved():
    """Nothing folded, any number of images: batch norms, shape arithmetic and dropout are there."""
    export("preserved", small.Xceptionette, 33, 47, training=torch.onnx.TrainingMode.PRESERVE,
           do_constant_folding=False, dynamic_axes={"image": {0: "n"}, "scores": {0: "n"}})


def opened():
    """Height and width open, too."""
    export("opened", small.Xceptionette, 33, 47,
           dynamic_axes={"image": {0: "n", 2: "height", 3: "width"}, "scores": {0: "n"}})


def activations():
    export("activations", small.Activations, 9, 7)


def activations_9():
    """As they were spelled out before the operators had them."""
    export("activations-9", small.Activations, 9, 7, opset=9)


def shapes():
    export("shapes", small.Shapes, 13, 22)


def shapes_unfolded():
    export("shapes-unfolded", small.Shapes, 13, 22, training=torch.onnx.TrainingMode.PRESERVE,
           do_constant_folding=False)


def tensor(name, values, kind=TensorProto.FLOAT, raw=False):
    """A tensor in the typed fields, or as raw bytes."""
    array = values.detach().numpy().astype(helper.mapping.TENSOR_TYPE_TO_NP_TYPE[kind])
    if raw:
        return helper.make_tensor(name, kind, array.shape, array.tobytes(), raw=True)
    return helper.make_tensor(name, kind, array.shape, array.ravel())


def save_handmade(name, nodes, x_shape, y_shape, initializers, opset=OPSET):
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, x_shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, y_shape)], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="handmade")
    model.ir_version = 7
    onnx.checker.check_model(model)
    onnx.save(model, FOLDER / f"{name}.onnx")


def handmade():
    """What PyTorch does not write, but TensorFlow's converter does: channels last around convolutions, padding by rule,
    half precision, typed fields, matrix products with a sum, means over axes."""
    torch.manual_seed(SEED)
    x = image(9, 8)
    kernel = torch.randn(4, 3, 3, 3).half()
    depthwise = torch.randn(4, 1, 2, 2)
    factors = torch.rand(4) + 0.5
    matrix = torch.randn(20, 5).double()
    bias = torch.randn(5)
    nodes = [
        helper.make_node("Transpose", ["x"], ["x_nchw"], perm=[0, 3, 1, 2]),
        helper.make_node("Cast", ["kernel"], ["kernel_float"], to=TensorProto.FLOAT),
        helper.make_node("Conv", ["x_nchw", "kernel_float"], ["a"], strides=[2, 2], auto_pad="SAME_UPPER", name="a"),
        helper.make_node("Conv", ["a", "depthwise"], ["b"], group=4, auto_pad="SAME_LOWER", kernel_shape=[2, 2]),
        helper.make_node("Transpose", ["b"], ["b_nhwc"], perm=[0, 2, 3, 1]),
        helper.make_node("Mul", ["b_nhwc", "factors"], ["c"], name="c/scaled"),
        helper.make_node("Add", ["c", "three"], ["c3"]),
        helper.make_node("Clip", ["c3", "zero", "six"], ["clipped"]),
        helper.make_node("Div", ["clipped", "six"], ["gate"]),
        helper.make_node("Mul", ["c", "gate"], ["d"]),
        helper.make_node("Transpose", ["d"], ["d_nchw"], perm=[0, 3, 1, 2]),
        helper.make_node("MaxPool", ["d_nchw"], ["e"], kernel_shape=[2, 2], strides=[2, 2], auto_pad="VALID"),
        helper.make_node("ReduceMean", ["d"], ["mean"], axes=[1, 2], keepdims=0),
        helper.make_node("Transpose", ["e"], ["e_nhwc"], perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", ["e_nhwc", "flat"], ["e_flat"]),
        helper.make_node("Concat", ["mean", "e_flat"], ["all"], axis=-1),
        helper.make_node("MatMul", ["all", "matrix"], ["product"], name="dense/MatMul"),
        helper.make_node("Add", ["bias", "product"], ["y"], name="dense/BiasAdd"),
    ]
    initializers = [tensor("kernel", kernel, TensorProto.FLOAT16), tensor("depthwise", depthwise),
                    tensor("factors", factors, raw=True), tensor("matrix", matrix, TensorProto.DOUBLE),
                    tensor("bias", bias), tensor("three", torch.tensor([3.0])), tensor("zero", torch.tensor(0.0)),
                    tensor("six", torch.tensor(6.0)), tensor("flat", torch.tensor([-1, 16]), TensorProto.INT64)]
    graph_nodes = [node for node in nodes]
    # ONNX would have the matrix cast, as the kernel is.
    graph_nodes.insert(0, helper.make_node("Cast", ["matrix"], ["matrix_float"], to=TensorProto.FLOAT))
    graph_nodes[[node.output[0] for node in graph_nodes].index("product")].input[1] = "matrix_float"
    save_handmade("handmade", graph_nodes, ["n", 9, 8, 3], ["n", 5], initializers)

    value = channels_first(x).double()
    top, bottom = same_padding(9, 3, 2)
    left, right = same_padding(8, 3, 2)
    value = functional.conv2d(functional.pad(value, (left, right, top, bottom)), kernel.double(), stride=2)
    value = functional.conv2d(functional.pad(value, (1, 0, 1, 0)), depthwise.double(), groups=4)
    value = functional.hardswish(value * factors.double().view(1, 4, 1, 1))
    pooled = functional.max_pool2d(value, 2)
    vector = torch.cat([value.mean((2, 3)), pooled.permute(0, 2, 3, 1).flatten(1)], 1)
    save_answer("handmade", vector @ matrix + bias.double())


ALL = (folded, preserved, opened, activations, activations_9, shapes, shapes_unfolded, handmade)

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    names = parser.parse_args().names
    for make in ALL:
        if not names or make.__name__.replace("_", "-") in names:
            print(make.__name__.replace("_", "-"))
            make()
