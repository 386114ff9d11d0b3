"""MobileNet as Keras has it, MobileNet V2 as torchvision has it."""
from network import SAME


def mobilenet(net, source):
    """keras.applications.MobileNet with its layer names (keras/src/applications/mobilenet.py); arXiv:1704.04861."""
    x = net.conv2d("conv1", source, 32, 3, stride=2, padding=SAME)
    x = net.relu6("conv1_relu", net.batch_norm("conv1_bn", x))
    blocks = ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *((512, 1),) * 5, (1024, 2), (1024, 1))
    for block, (filters, stride) in enumerate(blocks, start=1):
        if stride == 2:
            x = net.zero_pad2d(f"conv_pad_{block}", x, 0, 1, 0, 1)
        x = net.depthwise_conv2d(f"conv_dw_{block}", x, 3, stride=stride, padding=SAME if stride == 1 else 0)
        x = net.relu6(f"conv_dw_{block}_relu", net.batch_norm(f"conv_dw_{block}_bn", x))
        x = net.conv2d(f"conv_pw_{block}", x, filters, 1)
        x = net.relu6(f"conv_pw_{block}_relu", net.batch_norm(f"conv_pw_{block}_bn", x))
    x = net.dropout("dropout", net.global_avg_pool2d("global_average_pooling2d", x, keepdims=True))
    x = net.flatten("reshape_2", net.conv2d("conv_preds", x, 1000, 1, bias=True))
    return net.softmax("predictions", x)


def mobilenet_v2(net, source):
    """torchvision's mobilenet_v2 with its state dict's names (torchvision/models/mobilenetv2.py); arXiv:1801.04381."""
    x = conv_norm_relu6(net, "features.0", source, 32, 3, stride=2)
    settings = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
                (6, 320, 1, 1))
    index = 1
    for expansion, filters, count, first_stride in settings:
        for i in range(count):
            x = inverted_residual(
                net, x, f"features.{index}", x.channels * expansion, filters, first_stride if i == 0 else 1)
            index += 1
    x = conv_norm_relu6(net, f"features.{index}", x, 1280, 1)
    x = net.dropout("classifier.0", net.global_avg_pool2d("avg_pool", x))
    return net.dense("classifier.1", x, 1000)


def conv_norm_relu6(net, name, x, filters, kernel, stride=1):
    """torchvision's ConvNormActivation, whose members are called by their numbers."""
    x = net.conv2d(f"{name}.0", x, filters, kernel, stride=stride, padding=(kernel - 1) // 2)
    return net.relu6(f"{name}.2", net.batch_norm(f"{name}.1", x))


def inverted_residual(net, entered, block, hidden, filters, stride):
    """torchvision's InvertedResidual; `conv` is a sequence that begins with the expansion, if there is one."""
    x, index = entered, 0
    if hidden != entered.channels:
        x = conv_norm_relu6(net, f"{block}.conv.0", x, hidden, 1)
        index = 1
    depthwise = f"{block}.conv.{index}"
    x = net.depthwise_conv2d(f"{depthwise}.0", x, 3, stride=stride, padding=1)
    x = net.relu6(f"{depthwise}.2", net.batch_norm(f"{depthwise}.1", x))
    x = net.conv2d(f"{block}.conv.{index + 1}", x, filters, 1)
    x = net.batch_norm(f"{block}.conv.{index + 2}", x)
    return net.add(f"{block}.add", x, entered) if stride == 1 and entered.channels == filters else x
