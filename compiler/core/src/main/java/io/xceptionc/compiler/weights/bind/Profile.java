package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.format.file.TensorConvention;
import io.xceptionc.compiler.format.file.TensorSource;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where weights were trained, and so how the file lays them out and what the network around them was like.
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/batch_normalization/">Keras, BatchNormalization</a>
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>
 * @see <a href="https://github.com/huggingface/pytorch-image-models/blob/main/timm/models/xception_aligned.py">timm, xception_aligned</a>
 */
public enum Profile {
    /** Names and layouts of Keras, epsilon 1e-3, the padding {@code same} of TensorFlow. */
    KERAS(NamingConvention.KERAS, 1e-3),
    /** Names and layouts of PyTorch, epsilon 1e-5, padding equal on all sides. */
    PYTORCH(NamingConvention.PYTORCH, 1e-5),
    /** As PyTorch, but with the epsilon 1e-3 of timm's aligned Xceptions. */
    TIMM(NamingConvention.PYTORCH, 1e-3);

    /** What only the blocks of timm's aligned Xceptions are called. */
    private static final String ALIGNED_XCEPTION = ".conv_dw.weight";

    private final NamingConvention convention;
    private final double epsilon;

    Profile(NamingConvention convention, double epsilon) {
        this.convention = convention;
        this.epsilon = epsilon;
    }

    /** The word for it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose names and layouts the file has. */
    public NamingConvention convention() {
        return convention;
    }

    /** The usual epsilon of batch norms. */
    public double epsilon() {
        return epsilon;
    }

    /** The profile of a file by its format, or else by its names, or else that of the spec. */
    static Profile of(TensorSource source, NamingConvention ofSpec) {
        NamingConvention convention = source.convention().map(NamingConvention::of)
                .orElseGet(() -> ofNames(source, ofSpec));
        if (convention == NamingConvention.KERAS) {
            return KERAS;
        }
        return source.tensors().stream().anyMatch(tensor -> tensor.name().endsWith(ALIGNED_XCEPTION)) ? TIMM : PYTORCH;
    }

    /** Whether the format itself is one of Keras, so that its order is that of the layers. */
    static boolean isOfKeras(TensorSource source) {
        return source.convention().equals(Optional.of(TensorConvention.KERAS));
    }

    /** The convention that most of the file's names fit; of several, the given one. */
    static NamingConvention ofNames(TensorSource source, NamingConvention otherwise) {
        return List.of(NamingConvention.values()).stream()
                .max(Comparator.comparingLong((NamingConvention each) -> countOfFittingNames(source, each))
                        .thenComparing(each -> each == otherwise))
                .orElseThrow();
    }

    private static long countOfFittingNames(TensorSource source, NamingConvention convention) {
        return source.tensors().stream().filter(tensor -> convention.mayName(tensor.name())).count();
    }
}
