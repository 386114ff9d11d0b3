package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.Summary;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an import came to.
 *
 * @param spec the spec
 * @param weights its weights
 * @param origin a few words on the file that was imported
 * @param outputs what the network yields, in order: the shapes of its results by their names
 * @param lineCount the spec's lines
 * @param summary the spec's layers and costs
 * @param pictureGuess what is taken for what the file does not say of pictures, where the network takes them
 * @param findings what was assumed or left out, a line each
 */
public record ImportReport(
        Path spec,
        Path weights,
        String origin,
        SequencedMap<String, List<Integer>> outputs,
        int lineCount,
        Summary summary,
        Optional<PictureGuess> pictureGuess,
        List<String> findings) {

    public ImportReport {
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        findings = List.copyOf(findings);
    }
}
