"""timm's Aligned Xceptions with their state dicts' names (timm/models/xception_aligned.py); arXiv:1802.02611."""

ENTRY_OF_THREE = ((128, 2), (256, 2), (728, 2))


def xception41(net, source):
    return xception_aligned(net, source, (ENTRY_OF_THREE, 8))


def xception65(net, source):
    return xception_aligned(net, source, (ENTRY_OF_THREE, 16))


def xception71(net, source):
    entry = ((128, 2), (256, 1), (256, 2), (728, 1), (728, 2))
    return xception_aligned(net, source, (entry, 16))


def xception41_stride8(net, source):
    return xception_aligned(net, source, (ENTRY_OF_THREE, 8), output_stride=8)


def xception_aligned(net, source, flows, output_stride=32):
    """`flows`: filters and stride of each block of the entry flow, and the number of blocks of the middle flow."""
    entry, middle = flows
    x = source
    for i, filters, stride in ((0, 32, 2), (1, 64, 1)):
        x = net.conv2d(f"stem.{i}.conv", x, filters, 3, stride=stride, padding=1)
        x = net.relu(f"stem.{i}.act", net.batch_norm(f"stem.{i}.bn", x))
    blocks = [((filters,) * 3, stride) for filters, stride in entry]
    blocks += [((728,) * 3, 1)] * middle + [((728, 1024, 1024), 2)]
    current_stride, dilation = 2, 1
    for i, (filters, stride) in enumerate(blocks):
        dilation_of_block = dilation
        if current_stride * stride > output_stride:
            dilation *= stride
            stride = 1
        current_stride *= stride
        x = aligned_block(net, x, f"blocks.{i}", filters, stride, dilation_of_block)
    for k, filters in ((1, 1536), (2, 1536), (3, 2048)):
        x = aligned_separable(net, x, f"blocks.{len(blocks)}.stack.conv{k}", filters, 1, dilation, acts=True)
    return net.dense("head.fc", net.global_avg_pool2d("head.global_pool", x), 1000)


def aligned_block(net, entered, block, filters, stride, dilation):
    """timm's XceptionModule that starts with a ReLU; the stride is that of its third convolution."""
    x = entered
    for k in (1, 2, 3):
        x = net.relu(f"{block}.stack.act{k}", x)
        x = aligned_separable(
            net, x, f"{block}.stack.conv{k}", filters[k - 1], stride if k == 3 else 1, dilation, acts=False)
    skip = entered
    if entered.channels != x.channels or stride != 1:
        skip = net.conv2d(f"{block}.shortcut.conv", entered, x.channels, 1, stride=stride)
        skip = net.batch_norm(f"{block}.shortcut.bn", skip)
    return net.add(f"{block}.add", x, skip)


def aligned_separable(net, x, name, filters, stride, dilation, acts):
    """timm's SeparableConv2d: a batch norm after each of its halves, a ReLU behind it or none."""
    symmetric = ((stride - 1) + dilation * (3 - 1)) // 2
    x = net.depthwise_conv2d(f"{name}.conv_dw", x, 3, stride=stride, padding=symmetric, dilation=dilation)
    x = net.batch_norm(f"{name}.bn_dw", x)
    x = net.relu(f"{name}.act_dw", x) if acts else x
    x = net.batch_norm(f"{name}.bn_pw", net.conv2d(f"{name}.conv_pw", x, filters, 1))
    return net.relu(f"{name}.act_pw", x) if acts else x
