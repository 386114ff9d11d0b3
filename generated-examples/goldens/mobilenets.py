"""MobileNet as Keras has it, MobileNet V2 and V3 as torchvision has them."""
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


# Of the blocks: kernel, width within, filters, whether it squeezes, its activation, its stride.
SMALL = ((3, 16, 16, True, "RE", 2), (3, 72, 24, False, "RE", 2), (3, 88, 24, False, "RE", 1), (5, 96, 40, True, "HS", 2),
         (5, 240, 40, True, "HS", 1), (5, 240, 40, True, "HS", 1), (5, 120, 48, True, "HS", 1),
         (5, 144, 48, True, "HS", 1), (5, 288, 96, True, "HS", 2), (5, 576, 96, True, "HS", 1),
         (5, 576, 96, True, "HS", 1))
LARGE = ((3, 16, 16, False, "RE", 1), (3, 64, 24, False, "RE", 2), (3, 72, 24, False, "RE", 1), (5, 72, 40, True, "RE", 2),
         (5, 120, 40, True, "RE", 1), (5, 120, 40, True, "RE", 1), (3, 240, 80, False, "HS", 2),
         (3, 200, 80, False, "HS", 1), (3, 184, 80, False, "HS", 1), (3, 184, 80, False, "HS", 1),
         (3, 480, 112, True, "HS", 1), (3, 672, 112, True, "HS", 1), (5, 672, 160, True, "HS", 2),
         (5, 960, 160, True, "HS", 1), (5, 960, 160, True, "HS", 1))


def mobilenet_v3_small(net, source):
    return mobilenet_v3(net, source, SMALL, 1024)


def mobilenet_v3_large(net, source):
    return mobilenet_v3(net, source, LARGE, 1280)


def mobilenet_v3(net, source, blocks, hidden):
    """torchvision's with its state dict's names (torchvision/models/mobilenetv3.py); arXiv:1905.02244."""
    x = conv_norm(net, "features.0", source, 16, 3, net.hard_swish, stride=2)
    for index, block in enumerate(blocks, start=1):
        x = excited_residual(net, x, f"features.{index}", *block)
    x = conv_norm(net, f"features.{len(blocks) + 1}", x, 6 * x.channels, 1, net.hard_swish)
    x = net.dense("classifier.0", net.global_avg_pool2d("avgpool", x), hidden)
    return net.dense("classifier.3", net.dropout("classifier.2", net.hard_swish("classifier.1", x)), 1000)


def conv_norm(net, name, x, filters, kernel, act, stride=1):
    """Members are called by their numbers; `act` is None where nothing stands behind the norm."""
    x = net.batch_norm(f"{name}.1", net.conv2d(f"{name}.0", x, filters, kernel, stride=stride, padding=kernel // 2))
    return act(f"{name}.2", x) if act else x


def excited_residual(net, entered, block, kernel, hidden, filters, squeezes, activation, stride):
    """torchvision's InvertedResidual of V3; `block` is a sequence that begins with the expansion, if there is one."""
    act = net.hard_swish if activation == "HS" else net.relu
    x, index = entered, 0
    if hidden != entered.channels:
        x = conv_norm(net, f"{block}.block.0", x, hidden, 1, act)
        index = 1
    depthwise = f"{block}.block.{index}"
    x = net.depthwise_conv2d(f"{depthwise}.0", x, kernel, stride=stride, padding=kernel // 2)
    x = act(f"{depthwise}.2", net.batch_norm(f"{depthwise}.1", x))
    if squeezes:
        index += 1
        gate = net.global_avg_pool2d(f"{block}.block.{index}.avgpool", x, keepdims=True)
        gate = net.conv2d(f"{block}.block.{index}.fc1", gate, divisible(hidden // 4), 1, bias=True)
        gate = net.relu(f"{block}.block.{index}.activation", gate)
        gate = net.conv2d(f"{block}.block.{index}.fc2", gate, hidden, 1, bias=True)
        x = net.multiply(f"{block}.block.{index}", x, net.hard_sigmoid(f"{block}.block.{index}.scale_activation", gate))
    x = conv_norm(net, f"{block}.block.{index + 1}", x, filters, 1, None)
    return net.add(f"{block}.add", x, entered) if stride == 1 and entered.channels == filters else x


def divisible(channels):
    """The multiple of 8 nearest to a number, not more than a tenth below it."""
    near = max(8, (channels + 4) // 8 * 8)
    return near + 8 if near < 0.9 * channels else near
