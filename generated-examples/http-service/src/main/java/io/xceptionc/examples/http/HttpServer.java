package io.xceptionc.examples.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Listens at a port and has a {@link Conversation} on each connection; a few threads do for all, as they never wait.
 */
final class HttpServer implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int BACKLOG = 1024;
    /** Kept, as its level is forgotten with it. */
    private static final Logger NETTY_LOGGER = Logger.getLogger("io.netty");

    static {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        NETTY_LOGGER.setLevel(Level.WARNING);
    }

    private final ServiceOptions options;
    private final Routes routes;
    private final Worker worker;
    private final Capacity capacity;
    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(THREADS,
            Thread.ofPlatform().name("http-", 0).factory(), NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listener;
    private volatile boolean ending;

    /**
     * Begins to listen.
     *
     * @throws UncheckedIOException if it cannot
     */
    HttpServer(ServiceOptions options, Routes routes, Worker worker) {
        this.options = options;
        this.routes = routes;
        this.worker = worker;
        capacity = new Capacity(options.clients().connections(), options.clients().bufferedBytes());
        listener = listen();
    }

    private Channel listen() {
        ServerBootstrap server = new ServerBootstrap().group(threads).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true).childHandler(new Pipeline());
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        ChannelFuture bound = server.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopThreads();
            throw new UncheckedIOException(new BindException("cannot listen at " + options.address(options.port())
                    + (address.isUnresolved()
                            ? ", as there is no such host; name another"
                            : ", which is taken or not allowed; name another port")));
        }
        return bound.channel();
    }

    /** From bytes to requests, one at a time. */
    private final class Pipeline extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            connections.add(channel);
            Conversation conversation = new Conversation(options, routes, worker, capacity, () -> ending);
            HttpDecoderConfig decoder = new HttpDecoderConfig().setMaxInitialLineLength(ClientLimits.LINE_BYTES)
                    .setMaxHeaderSize(ClientLimits.HEADER_BYTES).setStrictLineParsing(true)
                    .setAllowDuplicateContentLengths(false).setUseRfc9112TransferEncoding(true);
            channel.pipeline().addLast(conversation.gate(), new HttpServerCodec(decoder), new ChunkedWriteHandler(),
                    new FlowControlHandler(), conversation);
        }
    }

    /** The port that it listens at. */
    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What its connections share. */
    Capacity capacity() {
        return capacity;
    }

    /**
     * Announces its end with every answer, then stops listening, and waits for the requests under way.
     *
     * @return whether all of them were answered in time
     */
    boolean drain() {
        ending = true;
        connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Conversation.ENDING));
        sleep(options.notice());
        listener.close().awaitUninterruptibly();
        boolean all = connections.newCloseFuture()
                .awaitUninterruptibly(options.shutdown().toNanos(), TimeUnit.NANOSECONDS);
        connections.close().awaitUninterruptibly();
        return all;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopThreads() {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Closes what is open still. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        stopThreads();
    }
}
