package io.xceptionc.compiler;

import io.xceptionc.compiler.lower.Summary;
import java.nio.file.Path;
import java.util.List;

/**
 * What an import came to.
 *
 * @param spec the spec
 * @param weights its weights
 * @param origin a few words on the file that was imported
 * @param outputShape what the network yields
 * @param lineCount the spec's lines
 * @param summary the spec's layers and costs
 * @param takesPictures whether the network's input can be a picture, and the file does not say how it becomes one
 * @param findings what was assumed or left out, a line each
 */
public record ImportReport(
        Path spec,
        Path weights,
        String origin,
        List<Integer> outputShape,
        int lineCount,
        Summary summary,
        boolean takesPictures,
        List<String> findings) {

    public ImportReport {
        outputShape = List.copyOf(outputShape);
        findings = List.copyOf(findings);
    }
}
