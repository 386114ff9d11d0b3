package io.xceptionc.compiler.language.attribute;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words of Keras and PyTorch that the language has not. By their letters they are near to words that it has, but those
 * would make another network of it, so they are answered by name. Whoever adds one to the language takes it out here.
 *
 * @param adviceByWord what to do, by the words in small letters and without underscores
 */
public record NotOffered(Map<String, String> adviceByWord) {

    private static final String NOTHING_ELSE = "it is not offered, and nothing else computes the same; ";

    /** Of layers and activations. */
    public static final NotOffered LAYERS = new NotOffered(byWord(Map.of(
            NOTHING_ELSE + "train the network with one of the activations of the reference",
            List.of("rrelu", "crelu", "srelu", "thresholdedrelu", "threshold", "hardmish",
                    "hardshrink", "softshrink", "tanhshrink", "softmin", "logsigmoid",
                    "glu", "reglu", "geglu", "swiglu", "quickgelu", "squareplus",
                    "sparsemax",
                    "sparseplus", "maxout"),
            NOTHING_ELSE + "values are normalised by batch_norm, layer_norm, rms_norm, group_norm, instance_norm,"
                    + " l2_norm and lrn",
            List.of("spectralnorm", "spectralnormalization", "weightnorm", "weightnormalization", "batchnorm3d",
                    "instancenorm1d", "instancenorm3d", "globalresponsenorm", "grn"),
            NOTHING_ELSE + "images are convolved by conv2d, depthwise_conv2d, separable_conv2d and conv2d_transpose",
            List.of("conv1d", "conv3d", "conv1dtranspose",
                    "convtranspose1d", "conv3dtranspose", "convtranspose3d",
                    "deformconv2d", "separableconv1d", "depthwiseconv1d", "locallyconnected1d", "locallyconnected2d"),
            NOTHING_ELSE + "images are pooled by max_pool2d, avg_pool2d, global_max_pool2d, global_avg_pool2d,"
                    + " adaptive_max_pool2d and adaptive_avg_pool2d",
            List.of("maxpool1d", "maxpooling1d", "maxpool3d", "maxpooling3d", "avgpool1d", "averagepooling1d",
                    "avgpool3d",
                    "averagepooling3d", "lppool2d", "fractionalmaxpool2d", "maxunpool2d", "globalmaxpooling1d",
                    "globalmaxpooling3d", "globalaveragepooling1d", "globalaveragepooling3d", "adaptiveavgpool1d",
                    "adaptiveavgpool3d", "adaptivemaxpool1d", "adaptivemaxpool3d"),
            NOTHING_ELSE + "values are joined by add, subtract, multiply, maximum, minimum, average and concat",
            List.of("div", "divide", "dot", "matmul", "squeezeexcite", "squeezeandexcite", "squeezeexcitation"),
            NOTHING_ELSE + "numbers are moved by flatten, zero_pad2d, pad2d, crop2d, slice_channels, channel_shuffle,"
                    + " depth_to_space, space_to_depth and concat",
            List.of("reshape", "permute", "transpose",
                    "squeeze", "unsqueeze", "split", "chunk", "unflatten", "repeatvector", "circularpad2d", "zeropad1d",
                    "zeropad3d", "zeropadding1d",
                    "zeropadding3d"),
            "it is not offered: only networks of images are compiled",
            List.of("lstm", "gru", "rnn", "simplernn", "convlstm2d", "bidirectional", "timedistributed", "embedding",
                    "attention", "additiveattention", "multiheadattention", "transformer", "transformerencoderlayer"),
            "leave it out: it changes nothing when a picture is classified",
            List.of("randomflip", "randomrotation", "randomzoom", "randomcrop", "randomcontrast", "randombrightness",
                    "randomtranslation"),
            "it is not offered: no code of a model is ever run", List.of("lambda"))));

    /** Of attributes. */
    public static final NotOffered ATTRIBUTES = new NotOffered(byWord(Map.of(
            "leave it out: it matters in training only",
            List.of("momentum", "trainable", "inplace", "renorm", "renormmomentum", "kernelinitializer",
                    "biasinitializer",
                    "kernelregularizer", "biasregularizer", "activityregularizer", "kernelconstraint", "biasconstraint",
                    "depthwiseinitializer", "pointwiseinitializer", "gammainitializer", "betainitializer",
                    "movingmeaninitializer", "movingvarianceinitializer", "noiseshape", "seed"),
            "leave it out: it follows from the input",
            List.of("inchannels", "infeatures", "numfeatures", "inputdim", "inputchannels"),
            "leave it out: images are [height, width, channels] whatever the weights are", List.of("dataformat"),
            "leave it out: all numbers are float32", List.of("dtype"),
            "leave it out if it is that of the channels; another one is not offered", List.of("axis", "dim"),
            "say scale and center in its place", List.of("affine"),
            "it is not offered: the statistics of the training are always used", List.of("trackrunningstats"),
            "it is not offered: padding is always of zeros", List.of("paddingmode"),
            "it is not offered: say the padding of each side, padding: [top, bottom, left, right]",
            List.of("ceil", "ceilmode"),
            "it is not offered, and leaving it out may give another network",
            List.of("groups", "dilation", "dilationrate", "approximate", "beta",
                    "returnindices",
                    "divisoroverride", "outputsize", "virtualbatchsize"))));

    private static Map<String, String> byWord(Map<String, List<String>> wordsByAdvice) {
        Map<String, String> advice = new HashMap<>();
        wordsByAdvice.forEach((text, words) -> words.forEach(word -> advice.put(word, text)));
        return Map.copyOf(advice);
    }

    /** What to do about a word; empty if it is none of these. */
    public Optional<String> advice(String word) {
        return Optional.ofNullable(adviceByWord.get(plain(word)));
    }

    /** A word as frameworks spell it in many ways. */
    public static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
