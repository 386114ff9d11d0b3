package io.xceptionc.compiler.format.hdf5;

import io.xceptionc.compiler.diagnostic.Quotation;

/** What a name in a group stands for. */
public sealed interface Hdf5Link {

    /**
     * An object of the same file.
     *
     * @param address where its header is
     */
    record Hard(long address) implements Hdf5Link {}

    /**
     * Another name, which may lead anywhere or in a circle.
     *
     * @param target that name
     */
    record Soft(String target) implements Hdf5Link {

        Refusal refusal() {
            return Refusal.unsupported("is a soft link to " + Quotation.of(target) + ", and links are not followed",
                    "put the object itself there; h5repack does not, h5py's File.copy(..., expand_soft=True) does");
        }
    }

    /**
     * An object of another file.
     *
     * @param file that file's name
     */
    record External(String file) implements Hdf5Link {

        Refusal refusal() {
            return Refusal.unsupported(
                    "is a link into the file " + Quotation.of(file) + ", and no other file is opened",
                    "put the object itself there; h5py's File.copy(..., expand_external=True) does");
        }
    }
}
