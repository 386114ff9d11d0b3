package io.xceptionc.compiler.lower;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.SourceSpan;
import io.xceptionc.compiler.graph.Node;
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
     * The labels of a network's one output, one for each element, or for each channel of an image; none if the spec
     * gives none.
     *
     * @param folder the spec's folder, where a file with labels is looked for
     * @return empty if what the spec gives is wrong, which is reported
     */
    public static Optional<List<String>> read(LoweredNetwork network, Path folder, Diagnostics diagnostics) {
        return read(network.spec().labels(), network.graph().output(), "network", folder, diagnostics);
    }

    /** The labels that are given for an output; none if none are given. */
    static Optional<List<String>> read(Optional<LabelsSpec> given, Node output, String what, Path folder,
            Diagnostics diagnostics) {
        if (given.isEmpty()) {
            return Optional.of(List.of());
        }
        Optional<List<String>> labels = switch (given.get()) {
            case LabelsSpec.Inline(List<String> inline, SourceSpan _) -> Optional.of(inline);
            case LabelsSpec.OfFile file -> ofFile(file, folder, diagnostics);
        };
        TensorType type = output.type();
        if (labels.isPresent() && labels.get().size() != type.channels() && !nameClasses(labels.get(), output)) {
            diagnostics.report(DiagnosticCode.E105, given.get().span(),
                    "there are " + labels.get().size() + " labels, but the " + what + " yields "
                            + (type.flat() ? type.channels() + " numbers" : "an image " + type),
                    wayOut(output));
            return Optional.empty();
        }
        return labels;
    }

    /** Whether there is one label for each class that an image of one channel tells apart. */
    private static boolean nameClasses(List<String> labels, Node output) {
        return isMask(output) && labels.size() == PixelRules.classes(output);
    }

    private static boolean isMask(Node output) {
        return output.type().channels() == 1 && output.type().elementCount() > 1;
    }

    private static String wayOut(Node output) {
        if (output.type().flat()) {
            return "give one label for each number, in its order";
        }
        return isMask(output)
                ? "give one label for each of the " + PixelRules.classes(output) + " classes, in their order"
                : "give one label for each channel, in their order";
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
