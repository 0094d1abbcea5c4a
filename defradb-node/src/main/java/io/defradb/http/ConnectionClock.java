package io.defradb.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client is too slow: headers that do not end, a body that drips, an
 * answer nobody takes, nothing at all for too long. Stands before the HTTP codec, so that it sees
 * the first byte. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class ConnectionClock extends ChannelInboundHandlerAdapter {
  private static final long CHECK_SECONDS = 1;

  /** A body has to come at this rate at least, besides the time a pause may take. */
  private static final long BODY_BYTES_PER_SECOND_MIN = 1024;

  private enum State {
    WAITING,
    HEAD,
    BODY,
    ANSWERING
  }

  private final HttpSettings settings;
  private State state = State.WAITING;
  private long sinceNanos = System.nanoTime();
  private long bodyBytes;
  private long takenNanos = System.nanoTime();
  private long takenMark;
  private @Nullable ScheduledFuture<?> check;

  ConnectionClock(HttpSettings settings) {
    this.settings = settings;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.WAITING) {
      enter(State.HEAD);
    }
    ctx.fireChannelRead(message);
  }

  void start(ChannelHandlerContext ctx) {
    check =
        ctx.executor()
            .scheduleWithFixedDelay(
                () -> check(ctx), CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  void stop() {
    if (check != null) {
      check.cancel(false);
    }
  }

  void headRead() {
    if (state != State.ANSWERING) {
      enter(State.BODY);
      bodyBytes = 0;
    }
  }

  void bodyRead(int bytes) {
    bodyBytes = bytes;
  }

  void requestRead() {
    if (state != State.ANSWERING) {
      enter(State.WAITING);
    }
  }

  void answering() {
    enter(State.ANSWERING);
  }

  void waiting() {
    enter(State.WAITING);
  }

  private void enter(State next) {
    state = next;
    sinceNanos = System.nanoTime();
  }

  private void check(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    long elapsed = now - sinceNanos;
    boolean isTooSlow =
        switch (state) {
          case WAITING -> elapsed > settings.idleMax().toNanos();
          case HEAD -> elapsed > settings.headMax().toNanos();
          case BODY ->
              elapsed
                  > settings.stallMax().toNanos()
                      + TimeUnit.SECONDS.toNanos(bodyBytes / BODY_BYTES_PER_SECOND_MIN);
          case ANSWERING -> false;
        };
    if (isTooSlow || isAnswerStuck(ctx, now)) {
      ctx.close();
    }
  }

  private boolean isAnswerStuck(ChannelHandlerContext ctx, long now) {
    ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
    long pending = out == null ? 0 : out.totalPendingWriteBytes();
    if (out == null || pending == 0) {
      takenNanos = now;
      return false;
    }
    long mark = 31 * (31 * pending + out.currentProgress()) + out.size();
    if (mark != takenMark) {
      takenMark = mark;
      takenNanos = now;
      return false;
    }
    return now - takenNanos > settings.stallMax().toNanos();
  }
}
