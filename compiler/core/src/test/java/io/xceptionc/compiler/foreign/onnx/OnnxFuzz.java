package io.xceptionc.compiler.foreign.onnx;

import io.xceptionc.compiler.diagnostic.Diagnostics;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.foreign.ForeignNetwork;
import io.xceptionc.compiler.format.file.MappedFile;
import io.xceptionc.compiler.format.onnx.OnnxFile;
import io.xceptionc.compiler.raise.ImportSettings;
import io.xceptionc.compiler.raise.ImportedSpec;
import io.xceptionc.compiler.spec.SpecParser;
import io.xceptionc.compiler.testing.FuzzedFile;
import java.nio.file.Path;
import java.util.Optional;

/** Fuzzes the reader of ONNX as weights and as a network, and the writer of the spec that is made of it. */
public final class OnnxFuzz {

    private static final Path NOWHERE = Path.of("no-such-folder", "fuzzed.onnx");

    private OnnxFuzz() {}

    /** Reads bytes as a model. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedFile.read(input, OnnxFuzz::read);
    }

    private static void read(MappedFile file) throws InvalidInputException {
        OnnxFile.isLikely(file);
        OnnxFile model = OnnxFile.open(file, NOWHERE);
        FuzzedFile.readTensors(model);
        ForeignNetwork network = OnnxImport.read(model, "fuzzed", Optional.empty());
        String text =
                ImportedSpec.of(network.graph(), ImportSettings.of(network.convention()).withCopiedWeights()).text();
        Diagnostics problems = new Diagnostics();
        if (SpecParser.parse("fuzzed.yaml", text, problems).isEmpty() || !problems.sorted().isEmpty()) {
            throw new AssertionError("imported as a spec that is none:\n" + text + problems.sorted());
        }
    }
}
