package io.xceptionc.compiler.plan;

import io.xceptionc.compiler.graph.Node;
import java.util.List;

/**
 * Memory for one or several values that share it: a value and what is written over it, or a concatenation and its
 * parts.
 *
 * @param values the nodes whose values lie in it
 * @param lifetime from the first write to the last read of any of them
 * @param bytes its size
 * @param byteOffset where in the arena it lies
 */
public record Buffer(List<Node> values, Lifetime lifetime, long bytes, long byteOffset) {

    public Buffer {
        values = List.copyOf(values);
    }

    /** Whether two buffers would disturb one another. */
    public boolean conflictsWith(Buffer other) {
        return lifetime.overlaps(other.lifetime) && byteOffset < other.byteOffset + other.bytes
                && other.byteOffset < byteOffset + bytes;
    }
}
