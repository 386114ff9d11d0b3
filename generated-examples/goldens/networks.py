"""The zoo's networks, each written from its published definition and not from the spec beside it."""
from network import SAME


def xception(net, source):
    """keras.applications.Xception with its layer names (keras/src/applications/xception.py); arXiv:1610.02357.

    The unnamed layers get Keras' names in a fresh session: conv2d, batch_normalization, add, conv2d_1, ...
    """
    x = net.conv2d("block1_conv1", source, 32, 3, stride=2)
    x = net.batch_norm("block1_conv1_bn", x)
    x = net.relu("block1_conv1_act", x)
    x = net.conv2d("block1_conv2", x, 64, 3)
    x = net.batch_norm("block1_conv2_bn", x)
    x = net.relu("block1_conv2_act", x)
    x = keras_downsampling(net, x, 2, 128, 128, "", "", first_act=False)
    x = keras_downsampling(net, x, 3, 256, 256, "_1", "_1")
    x = keras_downsampling(net, x, 4, 728, 728, "_2", "_2")
    for block in range(5, 13):
        entered = x
        for k in (1, 2, 3):
            x = net.relu(f"block{block}_sepconv{k}_act", x)
            x = net.separable_conv2d(f"block{block}_sepconv{k}", x, 728, 3, SAME)
            x = net.batch_norm(f"block{block}_sepconv{k}_bn", x)
        x = net.add(f"add_{block - 2}", x, entered)
    x = keras_downsampling(net, x, 13, 728, 1024, "_3", "_11")
    for k, filters in ((1, 1536), (2, 2048)):
        x = net.separable_conv2d(f"block14_sepconv{k}", x, filters, 3, SAME)
        x = net.batch_norm(f"block14_sepconv{k}_bn", x)
        x = net.relu(f"block14_sepconv{k}_act", x)
    x = net.global_avg_pool2d("avg_pool", x)
    x = net.dense("predictions", x, 1000)
    return net.softmax("predictions_activation", x)


def keras_downsampling(net, entered, block, first_filters, filters, skip_suffix, add_suffix, first_act=True):
    """Two separable convolutions and a pool, beside them a 1x1 convolution that taps what comes before the act."""
    prefix = f"block{block}"
    x = net.relu(f"{prefix}_sepconv1_act", entered) if first_act else entered
    x = net.separable_conv2d(f"{prefix}_sepconv1", x, first_filters, 3, SAME)
    x = net.batch_norm(f"{prefix}_sepconv1_bn", x)
    x = net.relu(f"{prefix}_sepconv2_act", x)
    x = net.separable_conv2d(f"{prefix}_sepconv2", x, filters, 3, SAME)
    x = net.batch_norm(f"{prefix}_sepconv2_bn", x)
    x = net.max_pool2d(f"{prefix}_pool", x, 3, 2, SAME)
    skip = net.conv2d(f"conv2d{skip_suffix}", entered, filters, 1, stride=2, padding=SAME)
    skip = net.batch_norm(f"batch_normalization{skip_suffix}", skip)
    return net.add(f"add{add_suffix}", x, skip)


def xception_pytorch(net, source):
    """Cadene's port of Keras' Xception (pretrained-models.pytorch, pretrainedmodels/models/xception.py)."""
    x = net.relu("relu1", net.batch_norm("bn1", net.conv2d("conv1", source, 32, 3, stride=2)))
    x = net.relu("relu2", net.batch_norm("bn2", net.conv2d("conv2", x, 64, 3)))
    x = port_block(net, x, "block1", (128, 128), downsampling=True, first_relu=False)
    x = port_block(net, x, "block2", (256, 256), downsampling=True)
    x = port_block(net, x, "block3", (728, 728), downsampling=True)
    for block in range(4, 12):
        x = port_block(net, x, f"block{block}", (728, 728, 728), downsampling=False)
    x = port_block(net, x, "block12", (728, 1024), downsampling=True)
    x = net.relu("relu3", net.batch_norm("bn3", net.separable_conv2d("conv3", x, 1536, 3, 1)))
    x = net.relu("relu4", net.batch_norm("bn4", net.separable_conv2d("conv4", x, 2048, 3, 1)))
    return net.dense("fc", net.global_avg_pool2d("avg_pool", x), 1000)


def port_block(net, entered, block, filters, downsampling, first_relu=True):
    """The port's residual block; `rep` is a sequence, its members are called by their numbers."""
    x = entered
    index = 0
    for k, count in enumerate(filters):
        if k > 0 or first_relu:
            x = net.relu(f"{block}.rep.{index}", x)
            index += 1
        x = net.separable_conv2d(f"{block}.rep.{index}", x, count, 3, 1)
        x = net.batch_norm(f"{block}.rep.{index + 1}", x)
        index += 2
    skip = entered
    if downsampling:
        x = net.max_pool2d(f"{block}.rep.{index}", x, 3, 2, 1)
        skip = net.conv2d(f"{block}.skip", entered, filters[-1], 1, stride=2)
        skip = net.batch_norm(f"{block}.skipbn", skip)
    return net.add(f"{block}.add", x, skip)


def xception_walkthrough(net, source):
    """A published walk-through's variant: a bias on every convolution, one middle block applied nine times."""
    x = net.conv2d("conv1_3x3", source, 32, 3, stride=2, padding=1, bias=True)
    x = net.relu("relu1", net.batch_norm("bn1", x))
    x = net.conv2d("conv2_3x3", x, 64, 3, padding=1, bias=True)
    x = net.relu("relu2", net.batch_norm("bn2", x))
    x = walkthrough_downsampling(net, x, "block_3x3", 1, 128)
    x = walkthrough_downsampling(net, x, "block_3x3_256", 2, 256)
    x = walkthrough_downsampling(net, x, "block_3x3_728", 3, 728)
    for use in range(1, 10):
        x = walkthrough_middle(net, x, "" if use == 1 else f"@{use}")
    x = walkthrough_downsampling(net, x, "block_3x3_exit", 4, 1024)
    block = "block_3x3_exit_2.block"
    x = walkthrough_separable(net, x, block, 0, 1536)
    x = net.relu(f"{block}.3", net.batch_norm(f"{block}.2", x))
    x = walkthrough_separable(net, x, block, 4, 2048)
    x = net.relu(f"{block}.7", net.batch_norm(f"{block}.6", x))
    return net.dense("fc", net.global_avg_pool2d("avgpool", x), 1000)


def walkthrough_separable(net, x, block, index, filters, use=""):
    """A depthwise and a pointwise convolution, both with a bias; members index and index + 1 of the block."""
    x = net.depthwise_conv2d(f"{block}.{index}{use}", x, 3, padding=1, bias=True)
    return net.conv2d(f"{block}.{index + 1}{use}", x, filters, 1, bias=True)


def walkthrough_downsampling(net, entered, name, number, filters):
    block = f"{name}.block"
    x = walkthrough_separable(net, net.relu(f"{block}.0", entered), block, 1, filters)
    x = net.batch_norm(f"{block}.3", x)
    x = walkthrough_separable(net, net.relu(f"{block}.4", x), block, 5, filters)
    x = net.batch_norm(f"{block}.7", x)
    x = net.max_pool2d(f"{block}.8", x, 3, 2, 1)
    skip = net.conv2d(f"downsample_{number}", entered, filters, 1, stride=2, bias=True)
    return net.add(f"add_{number}", x, skip)


def walkthrough_middle(net, entered, use):
    """Three separable convolutions, the last without a batch norm behind it."""
    block = "block_3x3_middle.block"
    x = walkthrough_separable(net, net.relu(f"{block}.0{use}", entered), block, 1, 728, use)
    x = net.batch_norm(f"{block}.3{use}", x)
    x = walkthrough_separable(net, net.relu(f"{block}.4{use}", x), block, 5, 728, use)
    x = net.batch_norm(f"{block}.7{use}", x)
    x = walkthrough_separable(net, net.relu(f"{block}.8{use}", x), block, 9, 728, use)
    return net.add(f"add_middle{use}", x, entered)


def conv_bn_relu(net, name, source, filters, kernel, padding=0):
    """A convolution without bias, a batch norm, a ReLU."""
    x = net.conv2d(f"{name}.conv", source, filters, kernel, padding=padding)
    return net.relu(f"{name}.relu", net.batch_norm(f"{name}.bn", x))


def googlenet_module(net, source):
    """Inception module 3a of GoogLeNet (C. Szegedy et al., arXiv:1409.4842, table 1), here with batch norm."""
    b1 = conv_bn_relu(net, "b1", source, 64, 1)
    b2 = conv_bn_relu(net, "b2", conv_bn_relu(net, "b2_reduce", source, 96, 1), 128, 3, padding=1)
    b3 = conv_bn_relu(net, "b3", conv_bn_relu(net, "b3_reduce", source, 16, 1), 32, 5, padding=2)
    b4 = conv_bn_relu(net, "b4", net.max_pool2d("b4_pool", source, 3, 1, 1), 32, 1)
    return net.concat("concat", b1, b2, b3, b4)


def factorised_module(net, source):
    """The 17x17 module with n = 7 (arXiv:1512.00567, figure 6), filters as in TensorFlow's Mixed_6b."""
    row, column = (1, 7), (7, 1)
    row_padding, column_padding = (0, 3), (3, 0)
    b1 = conv_bn_relu(net, "b1", source, 192, 1)
    b2 = conv_bn_relu(net, "b2a", source, 128, 1)
    b2 = conv_bn_relu(net, "b2b", b2, 128, row, row_padding)
    b2 = conv_bn_relu(net, "b2c", b2, 192, column, column_padding)
    b3 = conv_bn_relu(net, "b3a", source, 128, 1)
    b3 = conv_bn_relu(net, "b3b", b3, 128, column, column_padding)
    b3 = conv_bn_relu(net, "b3c", b3, 128, row, row_padding)
    b3 = conv_bn_relu(net, "b3d", b3, 128, column, column_padding)
    b3 = conv_bn_relu(net, "b3e", b3, 192, row, row_padding)
    b4 = conv_bn_relu(net, "b4", net.avg_pool2d("b4_pool", source, 3, 1, 1), 192, 1)
    return net.concat("concat", b1, b2, b3, b4)


def extreme_inception(net, source):
    """The extreme Inception module (arXiv:1610.02357, figure 4): 1x1, then 3x3 on each channel, here two a channel."""
    x = conv_bn_relu(net, "pointwise", source, 96, 1)
    x = net.depthwise_conv2d("depthwise.conv", x, 3, padding=1, multiplier=2)
    return net.relu("depthwise.relu", net.batch_norm("depthwise.bn", x))


def xception_shapes(net, source):
    """The small Xception that ../training trains: the port's blocks, fewer and narrower, padding 1 throughout."""
    x = net.relu("relu1", net.batch_norm("bn1", net.conv2d("conv1", source, 16, 3, stride=2, padding=1)))
    x = net.relu("relu2", net.batch_norm("bn2", net.conv2d("conv2", x, 32, 3, padding=1)))
    x = port_block(net, x, "block1", (64, 64), downsampling=True, first_relu=False)
    x = port_block(net, x, "block2", (128, 128), downsampling=True)
    for block in (3, 4, 5):
        x = port_block(net, x, f"block{block}", (128, 128, 128), downsampling=False)
    x = port_block(net, x, "block6", (128, 192), downsampling=True)
    x = net.relu("relu3", net.batch_norm("bn3", net.separable_conv2d("conv3", x, 256, 3, 1)))
    x = net.dense("fc", net.global_avg_pool2d("avg_pool", x), 10)
    return net.softmax("fc_activation", x)
