package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.DiagnosticCode;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.TensorSource;
import java.util.Optional;

/** The weights of a model of Keras, and its configuration if the file has it. */
public interface KerasNetwork extends TensorSource {

    /** The model, if the file says more of it than its weights. */
    Optional<KerasConfig> config();

    /** A problem with what the file holds, for those who import it. */
    InvalidInputException problem(DiagnosticCode code, String message, String help);

    /** Whether the file is of Keras 3 or later, where activations of some names are others than before. */
    boolean isKeras3();

    /**
     * Whether batch norms that are not trained use what they have learned, however they are called: so it is since
     * TensorFlow 2.2, while 2.2.4-tf was that of TensorFlow 1, too.
     */
    boolean freezesNorms();

    /** What {@link #isKeras3} says of a version. */
    static boolean isKeras3(String version) {
        return version.matches("([3-9]|\\d{2,}).*");
    }

    /** What {@link #freezesNorms} says of a version. */
    static boolean freezesNorms(String version) {
        return isKeras3(version) || version.matches("2\\.([4-9]|\\d{2,}|3\\.\\d+-tf).*");
    }
}
