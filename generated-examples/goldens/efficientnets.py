"""timm's EfficientNet-B0 and -Lite0 with their state dicts' names (timm/models/efficientnet.py); arXiv:1905.11946."""

# Of the stages: width of the bottleneck, kernel, filters, number of blocks, stride of the first.
STAGES = ((1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2), (6, 5, 112, 3, 1), (6, 5, 192, 4, 2),
          (6, 3, 320, 1, 1))


def efficientnet_b0(net, source):
    return efficientnet(net, source, net.swish, excited=True)


def efficientnet_lite0(net, source):
    return efficientnet(net, source, net.relu6, excited=False)


def efficientnet(net, source, act, excited):
    x = net.conv2d("conv_stem", source, 32, 3, stride=2, padding=1)
    x = act("bn1.act", net.batch_norm("bn1", x))
    for stage, (expansion, kernel, filters, count, stride) in enumerate(STAGES):
        for i in range(count):
            x = bottleneck(net, x, f"blocks.{stage}.{i}", expansion, kernel, filters, stride if i == 0 else 1, act, excited)
    x = net.conv2d("conv_head", x, 1280, 1)
    x = act("bn2.act", net.batch_norm("bn2", x))
    return net.dense("classifier", net.global_avg_pool2d("global_pool", x), 1000)


def bottleneck(net, entered, block, expansion, kernel, filters, stride, act, excited):
    """timm's InvertedResidual; its DepthwiseSeparableConv, which widens nothing, where `expansion` is 1."""
    x, norms = entered, 1
    if expansion > 1:
        x = net.conv2d(f"{block}.conv_pw", x, entered.channels * expansion, 1)
        x = act(f"{block}.bn1.act", net.batch_norm(f"{block}.bn1", x))
        norms = 2
    x = net.depthwise_conv2d(f"{block}.conv_dw", x, kernel, stride=stride, padding=kernel // 2)
    x = act(f"{block}.bn{norms}.act", net.batch_norm(f"{block}.bn{norms}", x))
    if excited:
        gate = net.global_avg_pool2d(f"{block}.se.mean", x, keepdims=True)
        gate = net.conv2d(f"{block}.se.conv_reduce", gate, entered.channels // 4, 1, bias=True)
        gate = net.conv2d(f"{block}.se.conv_expand", act(f"{block}.se.act1", gate), x.channels, 1, bias=True)
        x = net.multiply(f"{block}.se", x, net.sigmoid(f"{block}.se.gate", gate))
    x = net.conv2d(f"{block}.{'conv_pwl' if expansion > 1 else 'conv_pw'}", x, filters, 1)
    x = net.batch_norm(f"{block}.bn{norms + 1}", x)
    return net.add(f"{block}.add", x, entered) if stride == 1 and entered.channels == filters else x
