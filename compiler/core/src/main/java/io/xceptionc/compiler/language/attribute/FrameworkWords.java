package io.xceptionc.compiler.language.attribute;

import static java.util.Map.entry;

import io.xceptionc.compiler.diagnostic.Suggestions;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds the word that was probably meant, also where Keras or PyTorch have another for it. */
public final class FrameworkWords {

    private static final Map<String, String> OURS = Map.ofEntries(entry("kernelsize", "kernel"),
            entry("poolsize", "kernel"),
            entry("outchannels", "filters"), entry("channels", "filters"), entry("outfeatures", "units"),
            entry("usebias", "bias"), entry("dilationrate", "dilation"), entry("depthmultiplier", "multiplier"),
            entry("eps", "epsilon"), entry("negativeslope", "slope"), entry("p", "rate"),
            entry("countincludepad", "count_padding"), entry("linear", "dense"), entry("fc", "dense"),
            entry("fullyconnected", "dense"), entry("batchnormalization", "batch_norm"), entry("bn", "batch_norm"),
            entry("silu", "swish"), entry("hswish", "hard_swish"),
            entry("hardsilu", "hard_swish"), entry("hsigmoid", "hard_sigmoid"), entry("softmax2d", "softmax"),
            entry("batchnorm1d", "batch_norm"), entry("batchnorm2d", "batch_norm"),
            entry("syncbatchnorm", "batch_norm"),
            entry("dropout1d", "dropout"), entry("dropout2d", "dropout"), entry("spatialdropout2d", "dropout"),
            entry("gaussiandropout", "dropout"), entry("gaussiannoise", "dropout"), entry("alphadropout", "dropout"),
            entry("maxpooling2d", "max_pool2d"), entry("zeropadding2d", "zero_pad2d"),
            entry("reflectionpad2d", "pad2d"), entry("replicationpad2d", "pad2d"), entry("constantpad2d", "pad2d"),
            entry("slice", "slice_channels"), entry("upsample", "up_sampling2d"),
            entry("upsamplingnearest2d", "up_sampling2d"), entry("resizing", "resize2d"),
            entry("interpolate", "resize2d"),
            entry("convtranspose", "conv2d_transpose"), entry("convtranspose2d", "conv2d_transpose"),
            entry("conv2dtranspose", "conv2d_transpose"), entry("deconv", "conv2d_transpose"),
            entry("deconv2d", "conv2d_transpose"), entry("deconvolution2d", "conv2d_transpose"),
            entry("pixelshuffle", "depth_to_space"), entry("pixelunshuffle", "space_to_depth"),
            entry("blocksize", "block"), entry("upscalefactor", "block"), entry("downscalefactor", "block"),
            entry("cropping2d", "crop2d"), entry("crop", "crop2d"), entry("concatenate", "concat"),
            entry("cat", "concat"), entry("mul", "multiply"), entry("sub", "subtract"),
            entry("globalaveragepooling2d", "global_avg_pool2d"),
            entry("adaptiveaveragepooling2d", "adaptive_avg_pool2d"),
            entry("globalmaxpooling2d", "global_max_pool2d"), entry("adaptivemaxpooling2d", "adaptive_max_pool2d"),
            entry("averagepooling2d", "avg_pool2d"), entry("conv", "conv2d"), entry("inputshape", "shape"),
            entry("maxvalue", "max"), entry("maxval", "max"), entry("minval", "min"), entry("clamp", "clip"),
            entry("exp", "exponential"),
            entry("layernorm2d", "layer_norm"), entry("layernormalization", "layer_norm"), entry("ln", "layer_norm"),
            entry("rmsnormalization", "rms_norm"), entry("groupnormalization", "group_norm"),
            entry("gn", "group_norm"), entry("instancenorm2d", "instance_norm"),
            entry("instancenormalization", "instance_norm"), entry("unitnormalization", "l2_norm"),
            entry("normalize", "l2_norm"), entry("localresponsenorm", "lrn"),
            entry("localresponsenormalization", "lrn"), entry("numgroups", "groups"), entry("outputsize", "size"),
            entry("rescaling", "scale"), entry("normalization", "scale"), entry("customscalelayer", "scale"),
            entry("layerscale", "channel_scale"), entry("layerscale2d", "channel_scale"),
            entry("affine", "channel_scale"),
            entry("times", "repeat"), entry("colour", "color"));

    /** The same where an activation belongs. */
    private static final Map<String, String> OUR_ACTIVATIONS = Map.of("linear", "none", "identity", "none");

    private FrameworkWords() {}

    /**
     * The candidate that a word stands for elsewhere, or the nearest one, if near enough and no word that means
     * something else.
     *
     * @param notOffered words that must not be taken for others
     */
    public static Optional<String> meant(String word, Collection<String> candidates, NotOffered notOffered) {
        String plain = NotOffered.plain(word);
        Optional<String> known = Optional.ofNullable(OURS.get(plain)).filter(candidates::contains)
                .or(() -> Optional.ofNullable(OUR_ACTIVATIONS.get(plain)).filter(candidates::contains));
        if (known.isPresent() || notOffered.advice(word).isPresent()) {
            return known;
        }
        // What has letters before a word, as prelu before relu, is a word of its own rather than a slip.
        return Suggestions.nearest(word, candidates).filter(near -> {
            String plainNear = NotOffered.plain(near);
            return plain.equals(plainNear) || !plain.endsWith(plainNear);
        });
    }

    /** {@code did you mean 'x'?}, or what to do about a word that is not offered, or else the given sentence. */
    public static String didYouMean(String word, Collection<String> candidates, NotOffered notOffered,
            String otherwise) {
        return meant(word, candidates, notOffered).map(ours -> "did you mean '" + ours + "'?")
                .or(() -> notOffered.advice(word)).orElse(otherwise);
    }
}
