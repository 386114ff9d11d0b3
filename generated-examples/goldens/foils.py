"""torchvision's ResNet-50 and DenseNet-121, which have nothing of Xception, with their state dicts' names."""


def resnet50(net, source):
    """torchvision/models/resnet.py; arXiv:1512.03385. The stride is that of the 3x3 convolution."""
    x = net.relu("relu", net.batch_norm("bn1", net.conv2d("conv1", source, 64, 7, stride=2, padding=3)))
    x = net.max_pool2d("maxpool", x, 3, 2, 1)
    for layer, (width, count) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), start=1):
        for i in range(count):
            x = resnet_bottleneck(net, x, f"layer{layer}.{i}", width, 2 if i == 0 and layer > 1 else 1)
    return net.dense("fc", net.global_avg_pool2d("avgpool", x), 1000)


def resnet_bottleneck(net, entered, block, width, stride):
    x = net.relu(f"{block}.relu1", net.batch_norm(f"{block}.bn1", net.conv2d(f"{block}.conv1", entered, width, 1)))
    x = net.conv2d(f"{block}.conv2", x, width, 3, stride=stride, padding=1)
    x = net.relu(f"{block}.relu2", net.batch_norm(f"{block}.bn2", x))
    x = net.batch_norm(f"{block}.bn3", net.conv2d(f"{block}.conv3", x, 4 * width, 1))
    skip = entered
    if entered.channels != x.channels:
        skip = net.conv2d(f"{block}.downsample.0", entered, 4 * width, 1, stride=stride)
        skip = net.batch_norm(f"{block}.downsample.1", skip)
    return net.relu(f"{block}.relu3", net.add(f"{block}.add", x, skip))


def densenet121(net, source):
    """torchvision/models/densenet.py; arXiv:1608.06993."""
    x = net.conv2d("features.conv0", source, 64, 7, stride=2, padding=3)
    x = net.relu("features.relu0", net.batch_norm("features.norm0", x))
    x = net.max_pool2d("features.pool0", x, 3, 2, 1)
    for block, count in enumerate((6, 12, 24, 16), start=1):
        if block > 1:
            x = densenet_transition(net, x, f"features.transition{block - 1}")
        for layer in range(1, count + 1):
            x = densenet_layer(net, x, f"features.denseblock{block}.denselayer{layer}")
    x = net.relu("relu", net.batch_norm("features.norm5", x))
    return net.dense("classifier", net.global_avg_pool2d("avgpool", x), 1000)


def densenet_layer(net, entered, layer):
    x = net.relu(f"{layer}.relu1", net.batch_norm(f"{layer}.norm1", entered))
    x = net.conv2d(f"{layer}.conv1", x, 128, 1)
    x = net.relu(f"{layer}.relu2", net.batch_norm(f"{layer}.norm2", x))
    x = net.conv2d(f"{layer}.conv2", x, 32, 3, padding=1)
    return net.concat(f"{layer}.concat", entered, x)


def densenet_transition(net, entered, transition):
    x = net.relu(f"{transition}.relu", net.batch_norm(f"{transition}.norm", entered))
    x = net.conv2d(f"{transition}.conv", x, entered.channels // 2, 1)
    return net.avg_pool2d(f"{transition}.pool", x, 2, 2, 0)
