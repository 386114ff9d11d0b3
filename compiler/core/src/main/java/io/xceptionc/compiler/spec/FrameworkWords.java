package io.xceptionc.compiler.spec;

import static java.util.Map.entry;

import io.xceptionc.compiler.diagnostic.Suggestions;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the word that was probably meant, also where Keras or PyTorch have another for it. */
final class FrameworkWords {

    private static final Map<String, String> OURS = Map.ofEntries(entry("kernelsize", "kernel"),
            entry("poolsize", "kernel"),
            entry("outchannels", "filters"), entry("channels", "filters"), entry("outfeatures", "units"),
            entry("usebias", "bias"), entry("dilationrate", "dilation"), entry("depthmultiplier", "multiplier"),
            entry("eps", "epsilon"), entry("negativeslope", "slope"), entry("p", "rate"),
            entry("countincludepad", "count_padding"), entry("linear", "dense"), entry("fc", "dense"),
            entry("fullyconnected", "dense"), entry("batchnormalization", "batch_norm"), entry("bn", "batch_norm"),
            entry("silu", "swish"), entry("concatenate", "concat"), entry("cat", "concat"),
            entry("globalaveragepooling2d", "global_avg_pool2d"), entry("adaptiveavgpool2d", "global_avg_pool2d"),
            entry("globalmaxpooling2d", "global_max_pool2d"), entry("adaptivemaxpool2d", "global_max_pool2d"),
            entry("averagepooling2d", "avg_pool2d"), entry("conv", "conv2d"), entry("inputshape", "shape"),
            entry("times", "repeat"), entry("colour", "color"));

    private FrameworkWords() {}

    /** The candidate that a word stands for elsewhere, or the nearest one, if near enough. */
    static Optional<String> meant(String word, Collection<String> candidates) {
        String plain = word.toLowerCase(Locale.ROOT).replace("_", "");
        Optional<String> known = Optional.ofNullable(OURS.get(plain)).filter(candidates::contains);
        return known.isPresent() ? known : Suggestions.nearest(word, candidates);
    }

    /** {@code did you mean 'x'?}, or else the given sentence. */
    static String didYouMean(String word, Collection<String> candidates, String otherwise) {
        return meant(word, candidates).map(ours -> "did you mean '" + ours + "'?").orElse(otherwise);
    }
}
