"""Inception V3 as torchvision has it (torchvision/models/inception.py); C. Szegedy et al., arXiv:1512.00567."""


def inception_v3(net, source):
    """The network without AuxLogits, with its state dict's names."""
    x = basic_conv(net, "Conv2d_1a_3x3", source, 32, 3, stride=2)
    x = basic_conv(net, "Conv2d_2a_3x3", x, 32, 3)
    x = basic_conv(net, "Conv2d_2b_3x3", x, 64, 3, padding=1)
    x = net.max_pool2d("maxpool1", x, 3, 2, 0)
    x = basic_conv(net, "Conv2d_3b_1x1", x, 80, 1)
    x = basic_conv(net, "Conv2d_4a_3x3", x, 192, 3)
    x = net.max_pool2d("maxpool2", x, 3, 2, 0)
    for mixed, pool_filters in (("Mixed_5b", 32), ("Mixed_5c", 64), ("Mixed_5d", 64)):
        x = inception_a(net, mixed, x, pool_filters)
    x = inception_b(net, "Mixed_6a", x)
    for mixed, filters in (("Mixed_6b", 128), ("Mixed_6c", 160), ("Mixed_6d", 160), ("Mixed_6e", 192)):
        x = inception_c(net, mixed, x, filters)
    x = inception_d(net, "Mixed_7a", x)
    x = inception_e(net, "Mixed_7c", inception_e(net, "Mixed_7b", x))
    return net.dense("fc", net.dropout("dropout", net.global_avg_pool2d("avgpool", x)), 1000)


def basic_conv(net, name, x, filters, kernel, stride=1, padding=0):
    """torchvision's BasicConv2d."""
    x = net.conv2d(f"{name}.conv", x, filters, kernel, stride=stride, padding=padding)
    return net.relu(f"{name}.relu", net.batch_norm(f"{name}.bn", x))


def inception_pool(net, mixed, x, filters):
    """The branch that functional.avg_pool2d begins, which counts padding."""
    pooled = net.avg_pool2d(f"{mixed}.pool", x, 3, 1, 1, count_padding=True)
    return basic_conv(net, f"{mixed}.branch_pool", pooled, filters, 1)


def inception_a(net, mixed, x, pool_filters):
    b1 = basic_conv(net, f"{mixed}.branch1x1", x, 64, 1)
    b5 = basic_conv(net, f"{mixed}.branch5x5_1", x, 48, 1)
    b5 = basic_conv(net, f"{mixed}.branch5x5_2", b5, 64, 5, padding=2)
    b3 = basic_conv(net, f"{mixed}.branch3x3dbl_1", x, 64, 1)
    b3 = basic_conv(net, f"{mixed}.branch3x3dbl_2", b3, 96, 3, padding=1)
    b3 = basic_conv(net, f"{mixed}.branch3x3dbl_3", b3, 96, 3, padding=1)
    return net.concat(mixed, b1, b5, b3, inception_pool(net, mixed, x, pool_filters))


def inception_b(net, mixed, x):
    b3 = basic_conv(net, f"{mixed}.branch3x3", x, 384, 3, stride=2)
    double = basic_conv(net, f"{mixed}.branch3x3dbl_1", x, 64, 1)
    double = basic_conv(net, f"{mixed}.branch3x3dbl_2", double, 96, 3, padding=1)
    double = basic_conv(net, f"{mixed}.branch3x3dbl_3", double, 96, 3, stride=2)
    return net.concat(mixed, b3, double, net.max_pool2d(f"{mixed}.pool", x, 3, 2, 0))


def inception_c(net, mixed, x, filters):
    b1 = basic_conv(net, f"{mixed}.branch1x1", x, 192, 1)
    b7 = basic_conv(net, f"{mixed}.branch7x7_1", x, filters, 1)
    b7 = basic_conv(net, f"{mixed}.branch7x7_2", b7, filters, (1, 7), padding=(0, 3))
    b7 = basic_conv(net, f"{mixed}.branch7x7_3", b7, 192, (7, 1), padding=(3, 0))
    double = basic_conv(net, f"{mixed}.branch7x7dbl_1", x, filters, 1)
    double = basic_conv(net, f"{mixed}.branch7x7dbl_2", double, filters, (7, 1), padding=(3, 0))
    double = basic_conv(net, f"{mixed}.branch7x7dbl_3", double, filters, (1, 7), padding=(0, 3))
    double = basic_conv(net, f"{mixed}.branch7x7dbl_4", double, filters, (7, 1), padding=(3, 0))
    double = basic_conv(net, f"{mixed}.branch7x7dbl_5", double, 192, (1, 7), padding=(0, 3))
    return net.concat(mixed, b1, b7, double, inception_pool(net, mixed, x, 192))


def inception_d(net, mixed, x):
    b3 = basic_conv(net, f"{mixed}.branch3x3_1", x, 192, 1)
    b3 = basic_conv(net, f"{mixed}.branch3x3_2", b3, 320, 3, stride=2)
    b7 = basic_conv(net, f"{mixed}.branch7x7x3_1", x, 192, 1)
    b7 = basic_conv(net, f"{mixed}.branch7x7x3_2", b7, 192, (1, 7), padding=(0, 3))
    b7 = basic_conv(net, f"{mixed}.branch7x7x3_3", b7, 192, (7, 1), padding=(3, 0))
    b7 = basic_conv(net, f"{mixed}.branch7x7x3_4", b7, 192, 3, stride=2)
    return net.concat(mixed, b3, b7, net.max_pool2d(f"{mixed}.pool", x, 3, 2, 0))


def inception_e(net, mixed, x):
    b1 = basic_conv(net, f"{mixed}.branch1x1", x, 320, 1)
    b3 = basic_conv(net, f"{mixed}.branch3x3_1", x, 384, 1)
    b3 = inception_cross(net, f"{mixed}.branch3x3_2", b3)
    double = basic_conv(net, f"{mixed}.branch3x3dbl_1", x, 448, 1)
    double = basic_conv(net, f"{mixed}.branch3x3dbl_2", double, 384, 3, padding=1)
    double = inception_cross(net, f"{mixed}.branch3x3dbl_3", double)
    return net.concat(mixed, b1, b3, double, inception_pool(net, mixed, x, 192))


def inception_cross(net, name, x):
    """A row and a column side by side; only they have names, their join has what these have in common."""
    row = basic_conv(net, f"{name}a", x, 384, (1, 3), padding=(0, 1))
    column = basic_conv(net, f"{name}b", x, 384, (3, 1), padding=(1, 0))
    return net.concat(name, row, column)
