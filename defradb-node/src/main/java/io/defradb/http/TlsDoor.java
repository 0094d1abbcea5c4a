package io.defradb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a TLS listener: sees whether the client speaks TLS at all, tells it when it
 * does not, and gives up on one that does neither in time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class TlsDoor extends ByteToMessageDecoder {
  private static final int RECORD_HEADER_BYTES = 5;
  private static final byte[] PLAIN_ANSWER =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final SslContext context;
  private final Duration handshakeMax;
  private @Nullable ScheduledFuture<?> end;

  /** {@code handshakeMax}: from the connection to the end of the handshake. */
  TlsDoor(SslContext context, Duration handshakeMax) {
    this.context = context;
    this.handshakeMax = handshakeMax;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    end =
        ctx.executor().schedule(() -> ctx.close(), handshakeMax.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (end != null) {
      end.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < RECORD_HEADER_BYTES) {
      return;
    }
    if (SslHandler.isEncrypted(in, false)) {
      SslHandler handshake = context.newHandler(ctx.alloc());
      handshake.setHandshakeTimeout(handshakeMax.toMillis(), TimeUnit.MILLISECONDS);
      ctx.pipeline().replace(this, "tls", handshake);
    } else {
      in.skipBytes(in.readableBytes());
      ctx.writeAndFlush(Unpooled.wrappedBuffer(PLAIN_ANSWER))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
