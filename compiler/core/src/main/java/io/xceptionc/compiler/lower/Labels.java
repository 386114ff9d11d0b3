package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.TensorType;
import io.xceptionc.compiler.spec.LabelsFile;
import io.xceptionc.compiler.spec.LabelsSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Gets the names of a network's classes. */
public final class Labels {

    private Labels() {}

    /**
     * The labels of a network, one for each element of its output; none if the spec gives none.
     *
     * @param folder the spec's folder, where a file with labels is looked for
     * @return empty if what the spec gives is wrong, which is reported
     */
    public static Optional<List<String>> read(LoweredNetwork network, Path folder, Diagnostics diagnostics) {
        if (network.spec().labels().isEmpty()) {
            return Optional.of(List.of());
        }
        LabelsSpec spec = network.spec().labels().get();
        Optional<List<String>> labels = switch (spec) {
            case LabelsSpec.Inline(List<String> inline, SourceSpan _) -> Optional.of(inline);
            case LabelsSpec.OfFile file -> ofFile(file, folder, diagnostics);
        };
        TensorType output = network.graph().output().type();
        if (labels.isPresent() && (!output.flat() || labels.get().size() != output.channels())) {
            String yields = output.flat() ? output.channels() + " numbers" : "an image " + output;
            diagnostics.report(DiagnosticCode.E105, spec.span(),
                    "there are " + labels.get().size() + " labels, but the network yields " + yields,
                    output.flat()
                            ? "give one label for each number, in its order"
                            : "labels go with a vector, as a dense layer yields it");
            return Optional.empty();
        }
        return labels;
    }

    private static Optional<List<String>> ofFile(LabelsSpec.OfFile file, Path folder, Diagnostics diagnostics) {
        Path path = folder.resolve(file.path());
        if (leaves(folder, path)) {
            diagnostics.report(DiagnosticCode.E401, file.span(), "the file lies outside of the spec's folder",
                    "put it beside the spec");
            return Optional.empty();
        }
        return LabelsFile.read(path, file.span(), diagnostics);
    }

    /** Whether a link leads out of a folder. */
    private static boolean leaves(Path folder, Path path) {
        try {
            return !path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }
}
