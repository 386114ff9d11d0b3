package io.xceptionc.compiler.format.keras;

import io.xceptionc.compiler.diagnostic.InvalidInputException;
import io.xceptionc.compiler.format.file.MappedFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are read as one.
 *
 * @param shards in order
 */
record ShardedBytes(List<Path> shards) {

    ShardedBytes {
        shards = List.copyOf(shards);
    }

    /** Some bytes, which may lie in several of the files. */
    byte[] read(MappedFile owner, long byteOffset, int byteCount) throws InvalidInputException {
        byte[] bytes = new byte[byteCount];
        int done = 0;
        long start = 0;
        for (Path shard : shards) {
            try (MappedFile file = MappedFile.open(shard)) {
                long from = byteOffset + done - start;
                int count = Math.clamp(file.byteSize() - from, 0, byteCount - done);
                if (from >= 0 && count > 0) {
                    System.arraycopy(file.bytes(from, count), 0, bytes, done, count);
                    done += count;
                }
                start += file.byteSize();
            }
        }
        if (done < byteCount) {
            throw owner.damaged("has weights that end before they should", "download all files of the model again");
        }
        return bytes;
    }
}
