package io.xceptionc.compiler.weights.bind;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.weights.NamingConvention;
import io.xceptionc.compiler.weights.TensorRole;
import io.xceptionc.compiler.weights.WantedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a network wants, layer by layer; each layer has the line of its number, from 1. */
record NetworkOf(List<WantedTensor> wanted) {

    NetworkOf() {
        this(new ArrayList<>());
    }

    NetworkOf conv(String layer, int kernel, int in, int out) {
        return add(layer, Map.of(TensorRole.CONVOLUTION_KERNEL, List.of(kernel, kernel, in, out)));
    }

    NetworkOf depthwise(String layer, int channels, int multiplier) {
        return add(layer, Map.of(TensorRole.DEPTHWISE_KERNEL, List.of(3, 3, channels, multiplier)));
    }

    NetworkOf separable(String layer, int in, int out) {
        return add(layer, Map.of(TensorRole.SEPARABLE_DEPTHWISE_KERNEL, List.of(3, 3, in, 1),
                TensorRole.SEPARABLE_POINTWISE_KERNEL, List.of(1, 1, in, out)));
    }

    NetworkOf norm(String layer, int channels) {
        List<Integer> shape = List.of(channels);
        return add(layer, Map.of(TensorRole.GAMMA, shape, TensorRole.BETA, shape, TensorRole.MOVING_MEAN, shape,
                TensorRole.MOVING_VARIANCE, shape));
    }

    NetworkOf dense(String layer, int in, int out) {
        return add(layer, Map.of(TensorRole.DENSE_KERNEL, List.of(in, out), TensorRole.BIAS, List.of(out)));
    }

    private NetworkOf add(String layer, Map<TensorRole, List<Integer>> shapes) {
        int line = 1 + (int) wanted.stream().map(WantedTensor::layer).distinct().count();
        new TreeMap<>(shapes).forEach((role, shape) -> wanted
                .add(new WantedTensor(layer, role, shape, new SourceSpan("net.yaml", line, 5, 4))));
        return this;
    }

    /** Binds it, and shows {@code how: tensor of the network = tensor of the file}, a line each. */
    String bound(FileOf file, NamingConvention ofSpec, BindingOptions options, Diagnostics diagnostics,
            RenameRule... renames) {
        Assignment assignment = Binder.bind(file, wanted, ofSpec, List.of(renames), options, diagnostics);
        new BindingProblems(file, assignment, diagnostics).report();
        return assignment.bindings().stream().map(each -> each.how().label() + ": " + each.wanted().name(ofSpec) + " = "
                + each.tensor().name() + "\n").collect(Collectors.joining());
    }
}
