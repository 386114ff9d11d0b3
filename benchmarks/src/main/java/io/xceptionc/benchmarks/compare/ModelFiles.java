package io.xceptionc.benchmarks.compare;

import io.xceptionc.benchmarks.engine.EngineKind;
import io.xceptionc.benchmarks.engine.ImageBatch;
import io.xceptionc.benchmarks.workload.Workload;
import io.xceptionc.compiler.diagnostic.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a workload is made of on disk.
 *
 * @param workload what it is
 * @param folder where it lies
 * @param imageShape number of images, channels, height and width
 */
record ModelFiles(Workload workload, Path folder, List<Integer> imageShape) {

    ModelFiles {
        imageShape = List.copyOf(imageShape);
    }

    /** Writes the models and images for some engines. */
    static ModelFiles write(Workload workload, Set<EngineKind> engines, Path parent)
            throws IOException, InvalidInputException {
        Path folder = parent.resolve(workload.name().replace(' ', '-'));
        Files.createDirectories(folder);
        ImageBatch images = workload.images();
        ModelFiles files = new ModelFiles(workload, folder,
                List.of(images.batch(), images.channels(), images.height(), images.width()));
        for (EngineKind engine : engines) {
            workload.write(engine, files.model(engine));
            (engine.channelsLast() ? images : images.channelsFirst()).write(files.images(engine));
        }
        return files;
    }

    Path model(EngineKind engine) {
        return folder.resolve("model." + engine.suffix());
    }

    Path images(EngineKind engine) {
        return folder.resolve(engine.channelsLast() ? "channels-last.f32" : "channels-first.f32");
    }
}
