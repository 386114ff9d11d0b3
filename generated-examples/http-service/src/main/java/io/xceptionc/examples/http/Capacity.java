package io.xceptionc.examples.http;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The connections and bytes that clients share. Who needs some when none are left takes them from the client that has
 * kept the service waiting the longest; where the service waits for nobody, it gets none.
 */
final class Capacity {

    private final int mostConnections;
    private final long mostBytes;
    private final Set<Share> waitedFor = new LinkedHashSet<>();
    private int connections;
    private long bytes;

    /** For so many connections, and bytes of bodies and answers. */
    Capacity(int mostConnections, long mostBytes) {
        this.mostConnections = mostConnections;
        this.mostBytes = mostBytes;
    }

    /**
     * What a new connection takes, for whose client the service waits.
     *
     * @param evict called, once at most and on any thread, when it must end to make room; its share is then taken
     *        already
     * @return nothing if there is no room
     */
    synchronized Optional<Share> admit(Runnable evict) {
        if (connections >= mostConnections && !evictOldest()) {
            return Optional.empty();
        }
        connections++;
        Share share = new Share(evict);
        waitedFor.add(share);
        return Optional.of(share);
    }

    /** How many connections there are. */
    synchronized int connectionCount() {
        return connections;
    }

    /** How many bytes are taken. */
    synchronized long byteCount() {
        return bytes;
    }

    private boolean evictOldest() {
        if (waitedFor.isEmpty()) {
            return false;
        }
        Share oldest = waitedFor.iterator().next();
        oldest.end();
        oldest.evict.run();
        return true;
    }

    private Optional<Share> oldestWithBytes(Share other) {
        return waitedFor.stream().filter(share -> share != other && share.bytes > 0).findFirst();
    }

    /** What one connection takes. */
    final class Share {

        private final Runnable evict;
        private long bytes;
        private boolean ended;

        private Share(Runnable evict) {
            this.evict = evict;
        }

        /** From now on the service waits for this client. */
        void waitFor() {
            synchronized (Capacity.this) {
                waitedFor.remove(this);
                if (!ended) {
                    waitedFor.add(this);
                }
            }
        }

        /** From now on this client waits for the service; false if its share was taken before. */
        boolean serve() {
            synchronized (Capacity.this) {
                waitedFor.remove(this);
                return !ended;
            }
        }

        /** Takes further bytes; false if there are none. */
        boolean take(long more) {
            synchronized (Capacity.this) {
                while (!ended && Capacity.this.bytes + more > mostBytes) {
                    Optional<Share> oldest = oldestWithBytes(this);
                    if (oldest.isEmpty()) {
                        return false;
                    }
                    oldest.get().end();
                    oldest.get().evict.run();
                }
                if (!ended) {
                    bytes += more;
                    Capacity.this.bytes += more;
                }
                return !ended;
            }
        }

        /** Gives all its bytes back. */
        void giveBytes() {
            synchronized (Capacity.this) {
                Capacity.this.bytes -= bytes;
                bytes = 0;
            }
        }

        /** Gives everything back, for good. */
        void end() {
            synchronized (Capacity.this) {
                giveBytes();
                waitedFor.remove(this);
                connections -= ended ? 0 : 1;
                ended = true;
            }
        }
    }
}
