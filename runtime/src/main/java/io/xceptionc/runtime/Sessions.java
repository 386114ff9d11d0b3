package io.xceptionc.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The open sessions of a model: those that callers own, and those that runs without one take in turn. Of the latter
 * there are no more than processors, however many threads want one: more would take memory, but be no faster.
 */
final class Sessions {

    private final ModelSignature signature;
    private final Supplier<Session> opening;
    private final Set<Session> open = new LinkedHashSet<>();
    private final Deque<Session> idle = new ArrayDeque<>();
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private boolean closed;

    /**
     * With none yet.
     *
     * @param opening makes a session; throws a {@link ModelException} if there is no memory for it
     */
    Sessions(ModelSignature signature, Supplier<Session> opening) {
        this.signature = signature;
        this.opening = opening;
    }

    /**
     * Refuses what a closed model cannot do.
     *
     * @throws ModelClosedException after {@link #refuse}
     */
    synchronized void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    ModelClosedException closed() {
        return new ModelClosedException("model '" + signature.name() + "'");
    }

    /** Opens a session for a caller, who closes it. */
    synchronized Session open() {
        requireOpen();
        Session session = opening.get();
        open.add(session);
        return session;
    }

    /** Takes a session for a run, when there is one; whoever gets it gives it back. */
    Session take() {
        turns.acquireUninterruptibly();
        Session taken = null;
        try {
            taken = takeIdle();
        } finally {
            if (taken == null) {
                turns.release();
            }
        }
        return taken;
    }

    private synchronized Session takeIdle() {
        requireOpen();
        return idle.isEmpty() ? open() : idle.pop();
    }

    void giveBack(Session session) {
        synchronized (this) {
            if (!closed) {
                idle.push(session);
            }
        }
        turns.release();
    }

    synchronized void forget(Session session) {
        open.remove(session);
    }

    /**
     * Opens no more.
     *
     * @throws ModelException if the caller is in the middle of a trace, for whose end it would wait in vain
     */
    synchronized void refuse() {
        if (open.stream().anyMatch(Session::isRunByThisThread)) {
            throw new ModelException(
                    "model '" + signature.name() + "' cannot be closed by who is shown its trace; close"
                            + " it when the trace has ended");
        }
        closed = true;
        idle.clear();
    }

    /** Closes all, waiting for their runs, also if one of them cannot be closed. */
    void close() {
        ModelException refused = null;
        for (Session session : copy()) {
            try {
                session.close();
            } catch (ModelException e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private synchronized List<Session> copy() {
        return List.copyOf(open);
    }
}
