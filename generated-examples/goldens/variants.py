"""The small Xceptions of tutorials and of the browser, and Xception with squeeze-and-excite."""
from network import SAME


def mini_xception(net, source):
    """oarriaga's mini_XCEPTION (face_classification, src/models/cnn.py); names as its weights files have them."""
    x = source
    for i in (1, 2):
        x = net.conv2d(f"conv2d_{i}", x, 8, 3)
        x = net.relu(f"activation_{i}", net.batch_norm(f"batch_normalization_{i}", x))
    for module, filters in enumerate((16, 32, 64, 128), start=1):
        conv, norm, separable, act = module + 2, 3 * module, 2 * module - 1, module + 2
        entered = x
        x = net.separable_conv2d(f"separable_conv2d_{separable}", x, filters, 3, SAME)
        x = net.relu(f"activation_{act}", net.batch_norm(f"batch_normalization_{norm + 1}", x))
        x = net.separable_conv2d(f"separable_conv2d_{separable + 1}", x, filters, 3, SAME)
        x = net.batch_norm(f"batch_normalization_{norm + 2}", x)
        x = net.max_pool2d(f"max_pooling2d_{module}", x, 3, 2, SAME)
        skip = net.conv2d(f"conv2d_{conv}", entered, filters, 1, stride=2, padding=SAME)
        x = net.add(f"add_{module}", x, net.batch_norm(f"batch_normalization_{norm}", skip))
    x = net.conv2d("conv2d_7", x, 7, 3, padding=SAME, bias=True)
    return net.softmax("predictions", net.global_avg_pool2d("global_average_pooling2d_1", x))


def numbered(word, number):
    """Keras' names of unnamed layers: word, word_1, word_2, ..."""
    return word if number == 0 else f"{word}_{number}"


def xception_from_scratch(net, source):
    """make_model of keras.io/examples/vision/image_classification_from_scratch, without its Rescaling."""
    x = net.conv2d("conv2d", source, 128, 3, stride=2, padding=SAME, bias=True)
    x = net.relu("activation", net.batch_norm("batch_normalization", x))
    for block, filters in enumerate((256, 512, 728)):
        entered = x
        for i in (1, 2):
            index = 2 * block + i
            x = net.relu(f"activation_{index}", x)
            x = net.separable_conv2d(numbered("separable_conv2d", index - 1), x, filters, 3, SAME, bias=True)
            x = net.batch_norm(f"batch_normalization_{index}", x)
        x = net.max_pool2d(numbered("max_pooling2d", block), x, 3, 2, SAME)
        skip = net.conv2d(f"conv2d_{block + 1}", entered, filters, 1, stride=2, padding=SAME, bias=True)
        x = net.add(numbered("add", block), x, skip)
    x = net.separable_conv2d("separable_conv2d_6", x, 1024, 3, SAME, bias=True)
    x = net.relu("activation_7", net.batch_norm("batch_normalization_7", x))
    return net.dense("dense", net.dropout("dropout", net.global_avg_pool2d("global_average_pooling2d", x)), 1)


def tiny_xception(net, source):
    """face-api.js' AgeGenderNet on TinyXception(2) (src/xception/TinyXception.ts, src/ageGenderNet); two results."""
    x = net.relu("entry_flow/relu", net.conv2d("entry_flow/conv_in", source, 32, 3, stride=2, padding=SAME, bias=True))
    x = reduction(net, x, "entry_flow/reduction_block_0", 64, rectified=False)
    x = reduction(net, x, "entry_flow/reduction_block_1", 128)
    for i in (0, 1):
        entered = x
        for k in (0, 1, 2):
            x = biased_separable(net, x, f"middle_flow/main_block_{i}", k, 128)
        x = net.add(f"middle_flow/main_block_{i}/add", x, entered)
    x = reduction(net, x, "exit_flow/reduction_block", 256)
    x = net.relu("exit_flow/relu", net.separable_conv2d("exit_flow/separable_conv", x, 512, 3, SAME, bias=True))
    x = net.global_avg_pool2d("features", x)
    age = net.dense("fc/age", x, 1)
    return age, net.softmax("fc/gender_softmax", net.dense("fc/gender", x, 2))


def reduction(net, entered, block, filters, rectified=True):
    x = biased_separable(net, entered, block, 0, filters, rectified)
    x = biased_separable(net, x, block, 1, filters)
    x = net.max_pool2d(f"{block}/pool", x, 3, 2, SAME)
    skip = net.conv2d(f"{block}/expansion_conv", entered, filters, 1, stride=2, padding=SAME, bias=True)
    return net.add(f"{block}/add", x, skip)


def biased_separable(net, x, block, k, filters, rectified=True):
    if rectified:
        x = net.relu(f"{block}/relu{k}", x)
    return net.separable_conv2d(f"{block}/separable_conv{k}", x, filters, 3, SAME, bias=True)


def xception_squeeze_excite(net, source):
    """keras.applications.Xception with squeeze-and-excite in every block; Hu et al., arXiv:1709.01507, figure 3."""
    x = net.relu("block1_conv1_act", net.batch_norm("block1_conv1_bn", net.conv2d("block1_conv1", source, 32, 3, 2)))
    x = net.relu("block1_conv2_act", net.batch_norm("block1_conv2_bn", net.conv2d("block1_conv2", x, 64, 3)))
    x = excited_block(net, x, 2, (128, 128), first_act=False)
    x = excited_block(net, x, 3, (256, 256))
    x = excited_block(net, x, 4, (728, 728))
    for block in range(5, 13):
        x = excited_block(net, x, block, (728, 728, 728))
    x = excited_block(net, x, 13, (728, 1024))
    for k, filters in ((1, 1536), (2, 2048)):
        x = net.separable_conv2d(f"block14_sepconv{k}", x, filters, 3, SAME)
        x = net.relu(f"block14_sepconv{k}_act", net.batch_norm(f"block14_sepconv{k}_bn", x))
    x = net.dense("predictions", net.global_avg_pool2d("avg_pool", x), 1000)
    return net.softmax("predictions_activation", x)


def excited_block(net, entered, block, filters, first_act=True):
    """Halves the size, and has a skip with a convolution, if it consists of two separable convolutions."""
    x, name = entered, f"block{block}"
    for k, width in enumerate(filters, start=1):
        if k > 1 or first_act:
            x = net.relu(f"{name}_sepconv{k}_act", x)
        x = net.batch_norm(f"{name}_sepconv{k}_bn", net.separable_conv2d(f"{name}_sepconv{k}", x, width, 3, SAME))
    if len(filters) == 2:
        x = excited(net, net.max_pool2d(f"{name}_pool", x, 3, 2, SAME), f"{name}_excite")
        entered = net.conv2d(f"{name}_skip", entered, x.channels, 1, stride=2, padding=SAME)
        entered = net.batch_norm(f"{name}_skip_bn", entered)
    else:
        x = excited(net, x, f"{name}_excite")
    return net.add(f"{name}_add", x, entered)


def excited(net, x, name):
    """The mean of each channel, a sixteenth of the channels within, a gate for each channel."""
    gate = net.global_avg_pool2d(f"{name}_mean", x)
    gate = net.relu(f"{name}_reduce_activation", net.dense(f"{name}_reduce", gate, x.channels // 16))
    gate = net.sigmoid(f"{name}_expand_activation", net.dense(f"{name}_expand", gate, x.channels))
    return net.multiply(name, x, gate)
