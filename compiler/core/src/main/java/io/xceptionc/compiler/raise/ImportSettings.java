package io.xceptionc.compiler.raise;

import io.xceptionc.compiler.foreign.FileScaling;
import io.xceptionc.compiler.spec.InputSpec.Pictures;
import io.xceptionc.compiler.weights.NamingConvention;
import java.util.List;
import java.util.Optional;

/**
 * What a network's graph does not say, but its spec does. Begin with {@link #of}.
 *
 * @param convention how layers' tensors are called and laid out: {@code weights} of the spec
 * @param pictures how a picture becomes an array; absent where the source does not say, which the spec says then
 * @param arrays what is computed of an array first
 * @param labels names of the classes, in the order of the network's output; empty if unknown
 * @param comments lines for the head of the spec, without the {@code #}: where the network comes from, what was assumed
 * @param copiesSharedWeights whether weights that layers share in a way that the language cannot express are written
 *        once for each of the layers, rather than refused
 */
public record ImportSettings(
        NamingConvention convention,
        Optional<Pictures> pictures,
        FileScaling arrays,
        List<String> labels,
        List<String> comments,
        boolean copiesSharedWeights) {

    public ImportSettings {
        labels = List.copyOf(labels);
        comments = List.copyOf(comments);
    }

    /** Nothing but a convention. */
    public static ImportSettings of(NamingConvention convention) {
        return new ImportSettings(convention, Optional.empty(), FileScaling.NONE, List.of(), List.of(), false);
    }

    /** The same with something that is computed of arrays. */
    public ImportSettings withArrays(FileScaling next) {
        return new ImportSettings(convention, pictures, next, labels, comments, copiesSharedWeights);
    }

    /** The same with a way to make an array of a picture. */
    public ImportSettings withPictures(Pictures next) {
        return new ImportSettings(convention, Optional.of(next), arrays, labels, comments, copiesSharedWeights);
    }

    /** The same with names of the classes. */
    public ImportSettings withLabels(List<String> next) {
        return new ImportSettings(convention, pictures, arrays, next, comments, copiesSharedWeights);
    }

    /** The same with comments. */
    public ImportSettings withComments(List<String> next) {
        return new ImportSettings(convention, pictures, arrays, labels, next, copiesSharedWeights);
    }

    /** The same, but shared weights that the language cannot express are copied. */
    public ImportSettings withCopiedWeights() {
        return new ImportSettings(convention, pictures, arrays, labels, comments, true);
    }
}
