package io.xceptionc.cli.predict;

import io.xceptionc.cli.file.InputException;
import io.xceptionc.compiler.diagnostic.FileProblem;
import io.xceptionc.compiler.format.npy.ArrayFileException;
import io.xceptionc.compiler.format.npy.NpyFile;
import io.xceptionc.runtime.ModelSignature;
import io.xceptionc.runtime.image.ImageTensor;
import io.xceptionc.runtime.image.Preprocessing;
import io.xceptionc.runtime.picture.PictureOrientation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** One image for a model to look at. */
public sealed interface InputImage {

    /** What messages and answers call it. */
    String name();

    /**
     * Writes the image to memory, as the model takes it.
     *
     * @throws InputException if it cannot be had; the message does not name it
     */
    void writeTo(MemorySegment target, ModelSignature signature) throws InputException;

    /**
     * A picture, preprocessed as the spec says.
     *
     * @param file the file
     * @param orientation which of its sides is up
     */
    record Picture(Path file, PictureOrientation orientation) implements InputImage {

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public void writeTo(MemorySegment target, ModelSignature signature) throws InputException {
            Preprocessing preprocessing = signature.preprocessing().orElseThrow(() -> new InputException(
                    "is no .npy file, and model '" + signature.name() + "' takes no pictures but arrays "
                            + signature.inputShape()));
            try {
                ImageTensor.fill(read(), preprocessing, target);
            } catch (IllegalArgumentException e) {
                throw new InputException("cannot be used: " + e.getMessage());
            }
        }

        /**
         * The picture as it is.
         *
         * @throws InputException if it cannot be read; the message does not name it
         */
        BufferedImage read() throws InputException {
            return Pictures.read(file, orientation);
        }
    }

    /**
     * Values as they are.
     *
     * @param name the file's name, with the image's number if there are several in it
     * @param file the file
     * @param image which image of the file, from 0
     */
    record Array(String name, Path file, int image) implements InputImage {

        @Override
        public void writeTo(MemorySegment target, ModelSignature signature) throws InputException {
            try (NpyFile array = NpyFile.open(file)) {
                array.read((long) image * signature.inputLength(), target);
            } catch (IOException e) {
                throw new InputException("cannot be read: " + FileProblem.describe(e));
            } catch (ArrayFileException e) {
                throw new InputException(e.getMessage());
            }
        }
    }

    /** What was asked for and cannot be had. */
    record Unusable(String name, String problem) implements InputImage {

        @Override
        public void writeTo(MemorySegment target, ModelSignature signature) throws InputException {
            throw new InputException(problem);
        }
    }
}
