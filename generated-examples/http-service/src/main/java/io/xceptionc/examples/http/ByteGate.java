package io.xceptionc.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Passes the bytes of a connection on to who makes requests of them, until it is shut: from then on it drops them. */
@SuppressWarnings("FutureReturnValueIgnored") // of a connection that is closed an event tells
final class ByteGate extends ChannelInboundHandlerAdapter {

    private final Runnable passing;
    private boolean isShut;
    private long bytesLeft;

    /** @param passing told whenever bytes pass */
    ByteGate(Runnable passing) {
        this.passing = passing;
    }

    /** Drops what comes, and closes the connection of who sends more than so many bytes. */
    void shut(long mostBytes) {
        isShut = true;
        bytesLeft = mostBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isShut) {
            passing.run();
            context.fireChannelRead(message);
            return;
        }
        ByteBuf dropped = (ByteBuf) message;
        bytesLeft -= dropped.readableBytes();
        dropped.release();
        if (bytesLeft < 0) {
            context.close();
        }
    }
}
