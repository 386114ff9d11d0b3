package io.xceptionc.benchmarks.engine;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A TorchScript model in PyTorch, through the Deep Java Library. There is one number of threads in a process, for all
 * models.
 */
final class PyTorchEngine implements Engine {

    private final Model model;
    private final NDManager manager;
    private final Block block;
    private final ParameterStore parameters;
    private final NDList inputs;
    private NDList results = new NDList();

    PyTorchEngine(Path torchScript, ImageBatch images, int threads) throws IOException {
        // Read when the engine is first used.
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        model = Model.newInstance("network", "PyTorch");
        try {
            model.load(torchScript.toAbsolutePath().getParent(), torchScript.getFileName().toString());
        } catch (MalformedModelException e) {
            throw new IOException(torchScript + " cannot be loaded", e);
        }
        manager = model.getNDManager().newSubManager();
        block = model.getBlock();
        parameters = new ParameterStore(manager, false);
        NDArray input = manager.create(images.values(),
                new Shape(images.batch(), images.channels(), images.height(), images.width()), DataType.FLOAT32);
        inputs = new NDList(input);
    }

    @Override
    public void run() {
        results.close();
        results = block.forward(parameters, inputs, false);
    }

    @Override
    public float[] result() {
        return results.singletonOrThrow().toFloatArray();
    }

    @Override
    public void close() {
        results.close();
        manager.close();
        model.close();
    }
}
