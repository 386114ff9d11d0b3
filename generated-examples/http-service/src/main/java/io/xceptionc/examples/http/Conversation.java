package io.xceptionc.examples.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One connection: reads a request, answers it, reads the next. Reads nothing while it works, so that a client which
 * sends more gets as many answers, in order. After a failure to read a request it answers once, drops all further bytes
 * and closes the connection: where a broken request ends is anybody's guess, and what follows must not be taken for
 * another.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the connection, of which an event tells
final class Conversation extends ChannelInboundHandlerAdapter {

    /** Tells a connection that the service is about to end. */
    static final Object ENDING = new Object();

    private static final System.Logger LOGGER = System.getLogger(Conversation.class.getName());
    /** So many times the longest body is taken from a client that has been told to stop, as it may hear only then. */
    private static final long DROPPED_BODIES = 4;

    private enum Phase {
        IDLE, HEADER, BODY, WORK, ANSWER, END
    }

    private final ServiceOptions options;
    private final ClientLimits limits;
    private final Routes routes;
    private final Worker worker;
    private final Capacity capacity;
    private final BooleanSupplier ending;
    private final ByteGate gate = new ByteGate(this::startHeader);

    private ChannelHandlerContext context;
    private Deadline deadline;
    private Capacity.Share share;
    private Phase phase = Phase.IDLE;
    private boolean wantsMore;
    private boolean inputIsOver;
    private boolean isInTheWay;
    private RequestHead head;
    private Endpoint endpoint;
    private RequestBody body;

    /**
     * One that is about to begin.
     *
     * @param worker works on requests that have arrived
     * @param capacity what all connections share
     * @param ending whether further requests are to come on other connections, if at all
     */
    Conversation(ServiceOptions options, Routes routes, Worker worker, Capacity capacity, BooleanSupplier ending) {
        this.options = options;
        limits = options.clients();
        this.routes = routes;
        this.worker = worker;
        this.capacity = capacity;
        this.ending = ending;
    }

    /** What the connection's bytes must pass before requests are made of them. */
    ByteGate gate() {
        return gate;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        deadline = new Deadline(active.executor());
        share = capacity.admit(() -> active.executor().execute(this::makeRoom)).orElse(null);
        if (share == null) {
            phase = Phase.END;
            RequestProblem full = RequestProblem.busy("the service has no connections left; try again");
            send(full.answer(), false).addListener(_ -> context.close());
        } else {
            awaitRequest();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        deadline.cancel();
        if (share != null) {
            share.end();
        }
    }

    private void awaitRequest() {
        phase = Phase.IDLE;
        share.waitFor();
        deadline.start(ending.getAsBoolean() ? options.notice() : limits.idle(), context::close);
        read();
    }

    /** Asks for one more part of a request; there is none in between unless it is asked for. */
    private void read() {
        wantsMore = true;
        context.read();
    }

    /** What has come may not have been a part as a whole. */
    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (wantsMore) {
            context.read();
        }
    }

    private void startHeader() {
        if (phase == Phase.IDLE) {
            phase = Phase.HEADER;
            awaitUntil(limits.header(), "header");
        }
    }

    private void awaitUntil(Duration longest, String part) {
        share.waitFor();
        deadline.start(longest, () -> fail(RequestProblem.late("the request's " + part + " took longer than "
                + longest.toMillis() + " ms to arrive")));
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        wantsMore = false;
        try {
            if (message instanceof HttpRequest request && phase.compareTo(Phase.HEADER) <= 0) {
                startBody(request);
            }
            if (message instanceof HttpContent content && phase == Phase.BODY) {
                addToBody(content);
            }
        } catch (RequestProblem problem) {
            fail(problem);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void startBody(HttpRequest request) {
        head = null;
        head = RequestHead.of(request);
        endpoint = endpoint();
        phase = Phase.BODY;
        body = new RequestBody(limits.bodyBytes(), share);
        awaitUntil(limits.body(), "body");
        if (head.expectsContinue() && head.hasBody()) {
            context.writeAndFlush(Responses.goOn());
        }
        read();
    }

    /** What answers the request; a request that is wrong but over is answered as any, others fail. */
    private Endpoint endpoint() {
        try {
            RequestBody.requireLength(head.length(), limits.bodyBytes());
            return routes.endpoint(head.method(), head.target());
        } catch (RequestProblem problem) {
            if (head.hasBody()) {
                throw problem;
            }
            return (Endpoint.Lookup) problem::answer;
        }
    }

    private void addToBody(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            throw RequestProblem.wrong("the request's body is malformed by RFC 9112, which says how chunks are sent");
        }
        body.add(content.content());
        if (content instanceof LastHttpContent) {
            work();
        } else {
            read();
        }
    }

    private void work() {
        if (!share.serve()) {
            return; // It must make room, and is about to hear of it.
        }
        deadline.cancel();
        phase = Phase.WORK;
        byte[] bytes = body.toArray();
        body = null;
        switch (endpoint) {
            case Endpoint.Lookup lookup -> answer(lookup.answer());
            case Endpoint.Task task -> worker.begin(task, bytes,
                    answer -> context.executor().execute(() -> answer(answer)));
        }
    }

    private void answer(Answer answer) {
        share.giveBytes();
        Answer affordable = share.take(answer.body().length)
                ? answer
                : RequestProblem.busy("the service has no memory left for this answer; try again").answer();
        boolean goesOn = head.keepsAlive() && !ending.getAsBoolean();
        startAnswer();
        send(affordable, goesOn).addListener(sent -> {
            share.giveBytes();
            if (goesOn && sent.isSuccess() && !inputIsOver) {
                awaitRequest();
            } else {
                end();
            }
        });
    }

    private ChannelFuture send(Answer answer, boolean goesOn) {
        context.write(Responses.head(answer, head == null ? HttpVersion.HTTP_1_1 : head.version(), goesOn));
        return context.writeAndFlush(Responses.body(answer));
    }

    private void startAnswer() {
        phase = Phase.ANSWER;
        share.waitFor();
        deadline.start(limits.answer(), context::close);
    }

    /** Answers a request that has not been read to its end; nothing behind it ever is. */
    private void fail(RequestProblem problem) {
        body = null;
        share.giveBytes();
        gate.shut(DROPPED_BODIES * limits.bodyBytes());
        startAnswer();
        send(problem.answer(), false).addListener(_ -> end());
    }

    /**
     * Closes the connection as soon as the client has, or its time is over: if it were closed while bytes come, the
     * client's system would throw the answer away. One that must make room has no such time.
     */
    private void end() {
        phase = Phase.END;
        gate.shut(DROPPED_BODIES * limits.bodyBytes());
        if (isInTheWay || inputIsOver || !context.channel().isActive()) {
            deadline.cancel();
            context.close();
            return;
        }
        share.waitFor();
        deadline.start(ending.getAsBoolean() ? options.notice() : limits.body(), context::close);
        ((DuplexChannel) context.channel()).shutdownOutput();
        context.channel().config().setAutoRead(true);
    }

    private void makeRoom() {
        isInTheWay = true;
        if (phase == Phase.HEADER || phase == Phase.BODY) {
            fail(RequestProblem.busy("the service needed the room of a request that came slowly; try again"));
        } else {
            context.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext told, Object event) {
        if (event == ENDING && (phase == Phase.IDLE || phase == Phase.END)) {
            deadline.start(options.notice(), context::close);
        } else if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            inputIsOver = true;
            if (phase == Phase.HEADER || phase == Phase.BODY) {
                fail(RequestProblem.wrong("the request did not arrive as a whole"));
            } else if (phase == Phase.IDLE || phase == Phase.END) {
                context.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable failure) {
        if (!(failure instanceof IOException)) {
            LOGGER.log(Level.ERROR, "a connection failed", failure);
        }
        context.close();
    }
}
