package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.format.file.TensorInfo;
import io.xceptionc.compiler.format.hdf5.Hdf5Dataset;

/**
 * A tensor of a layer.
 *
 * @param layer the layer's name
 * @param weight what it is to the layer, such as {@code kernel}
 * @param dataset where it is in the file
 */
record KerasTensor(String layer, String weight, Hdf5Dataset dataset) {

    /** {@code layer/weight}. */
    String name() {
        return layer + "/" + weight;
    }

    /** The path of its dataset. */
    String path() {
        return dataset.info().name();
    }

    /** The dataset's type and shape under a name. */
    TensorInfo info(String name) {
        return new TensorInfo(name, dataset.info().type(), dataset.info().shape());
    }
}
