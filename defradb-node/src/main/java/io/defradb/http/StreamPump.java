package io.defradb.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a stream to its client: pulls on a worker while the channel is writable, sleeps without a
 * thread otherwise.
 *
 * <p>{@code wakes} counts reasons to run: the one who raises it from zero gives the pump to a
 * worker, and a worker leaves only when it brought the count back to zero. So no two pulls overlap
 * and no wake-up is lost.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class StreamPump {
  /** Bytes after which other work gets its turn on the worker. */
  private static final int TURN_BYTES_MAX = 1024 * 1024;

  private static final long RETRY_MILLIS = 20;

  private final ServerContext server;
  private final Channel channel;
  private final StreamSource source;
  private final boolean isChunked;
  private final Consumer<Throwable> failureLog;
  private final Consumer<StreamPump> done;
  private final AtomicInteger wakes = new AtomicInteger();
  private final StreamBuffer buffer = new StreamBuffer();
  private volatile boolean isCancelled;
  private boolean isOpened;
  private boolean isClosed;
  private final AtomicLong sentBytes = new AtomicLong();
  private @Nullable ScheduledFuture<?> alarm;

  /** {@code done}: run once, on a worker, when the source is closed. */
  StreamPump(
      ServerContext server,
      Channel channel,
      StreamSource source,
      boolean isChunked,
      Consumer<Throwable> failureLog,
      Consumer<StreamPump> done) {
    this.server = server;
    this.channel = channel;
    this.source = source;
    this.isChunked = isChunked;
    this.failureLog = failureLog;
    this.done = done;
  }

  long sentBytes() {
    return sentBytes.get();
  }

  /** Something changed: data, room in the channel, time. */
  void wake() {
    if (wakes.getAndIncrement() == 0) {
      schedule();
    }
  }

  /** The client is gone. */
  void cancel() {
    isCancelled = true;
    wake();
  }

  /** Ends it from this side: the client sees its connection close. */
  void cut() {
    isCancelled = true;
    channel.close();
    wake();
  }

  private void schedule() {
    if (!Workers.offer(server.workers(), this::run)) {
      if (server.workers().isShutdown()) {
        isCancelled = true;
        run();
      } else {
        channel.eventLoop().schedule(this::schedule, RETRY_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void run() {
    int seen = wakes.get();
    boolean isTurnOver = turn();
    if (isTurnOver) {
      schedule();
    } else if (wakes.addAndGet(-seen) != 0) {
      schedule();
    }
  }

  /** True when there is more to do and others should go first. */
  private boolean turn() {
    if (isClosed) {
      return false;
    }
    try {
      return pullWhileWritable();
    } catch (RuntimeException | Error failure) {
      failureLog.accept(failure);
      finish(false);
      channel.close();
      return false;
    }
  }

  private boolean pullWhileWritable() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    if (!isOpened && !isCancelled) {
      isOpened = true;
      source.open(this::wake);
    }
    long turnBytes = 0;
    while (true) {
      if (isCancelled || !channel.isActive()) {
        finish(false);
        return false;
      }
      if (!channel.isWritable()) {
        return false;
      }
      if (turnBytes >= TURN_BYTES_MAX) {
        return true;
      }
      buffer.reset();
      StreamSource.Progress progress = source.pull(buffer);
      if (buffer.length() > 0) {
        turnBytes += buffer.length();
        sentBytes.addAndGet(buffer.length());
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(buffer.toBytes())));
      }
      switch (progress.kind()) {
        case MORE -> {}
        case WAIT -> {
          if (progress.waitMillisMax() != Long.MAX_VALUE) {
            alarm =
                channel
                    .eventLoop()
                    .schedule(this::wake, progress.waitMillisMax(), TimeUnit.MILLISECONDS);
          }
          return false;
        }
        case END -> {
          finish(true);
          return false;
        }
      }
    }
  }

  /** A stream that is not complete ends without its last chunk, so that the client notices. */
  private void finish(boolean isComplete) {
    isClosed = true;
    try {
      source.close();
    } catch (RuntimeException failure) {
      failureLog.accept(failure);
    }
    if (isComplete && isChunked) {
      channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    done.accept(this);
  }
}
